namespace Deterministic.Core.Tests;

public class WriteBufferLimitsTests
{
    [Clause("W-WM-01", "W-WM-02")]
    [Documented("WriteTransport.set_write_buffer_limits(high)", "WriteTransport.set_write_buffer_limits(low)")]
    [Theory]
    [InlineData(null, null, 65536, 16384)]
    [InlineData(100, null, 100, 25)]
    [InlineData(7, null, 7, 1)]
    [InlineData(3, null, 3, 0)]
    [InlineData(0, null, 0, 0)]
    [InlineData(null, 10, 40, 10)]
    [InlineData(null, 0, 0, 0)]
    [InlineData(null, int.MaxValue, int.MaxValue, int.MaxValue)]
    [InlineData(10, 10, 10, 10)]
    [InlineData(10, 0, 10, 0)]
    public void What_is_not_given_is_filled_in(int? high, int? low, int expectedHigh, int expectedLow)
    {
        WriteBufferLimits limits = WriteBufferLimits.Create(high, low);
        limits.High.ShouldBe(expectedHigh);
        limits.Low.ShouldBe(expectedLow);
    }

    [Clause("W-WM-03")]
    [Theory]
    [InlineData(10, 11, "low", "high (10) must be >= low (11) must be >= 0")]
    [InlineData(10, -1, "low", "high (10) must be >= low (-1) must be >= 0")]
    [InlineData(null, -1, "low", "high (-4) must be >= low (-1) must be >= 0")]
    [InlineData(-4, null, "high", "high (-4) must be >= low (-1) must be >= 0")]
    [InlineData(-1, null, "high", "high (-1) must be >= low (0) must be >= 0")]
    public void High_must_not_be_below_low_nor_low_below_zero(int? high, int? low, string parameter, string message)
    {
        ArgumentOutOfRangeException refusal = Should.Throw<ArgumentOutOfRangeException>(() =>
            WriteBufferLimits.Create(high, low)
        );
        refusal.ParamName.ShouldBe(parameter);
        refusal.Message.ShouldStartWith(message);
    }

    [Fact]
    public void The_defaults_are_the_documented_ones()
    {
        WriteBufferLimits.Default.ShouldBe(WriteBufferLimits.Create());
        WriteBufferLimits.DefaultHigh.ShouldBe(65536);
    }
}
