namespace Deterministic.Streams.Tests;

public class SeparatorMemoryTests
{
    [Fact]
    public void Separators_may_change_from_read_to_read()
    {
        Wire wire = new();
        wire.Transport.Arrive("a,b;c,d\ne\n");
        Until(",").ShouldBe("a,");
        Until(";").ShouldBe("b;");
        Until(",").ShouldBe("c,");
        Until("\n").ShouldBe("d\n");
        wire.Reader.BorrowUntilAsync("\n"u8).AsTask().Now().Length.ShouldBe(2);

        string Until(string separator) => wire.Reader.ReadUntilAsync(Bytes.Of(separator)).AsTask().Text();
    }

    [Fact]
    public void A_separator_given_as_bytes_is_copied()
    {
        Wire wire = new();
        byte[] separator = Bytes.Of(";");
        Task<byte[]> read = wire.Reader.ReadUntilAsync(separator).AsTask();
        separator[0] = (byte)'b';
        wire.Transport.Arrive("ab;");
        read.Text().ShouldBe("ab;");
    }
}
