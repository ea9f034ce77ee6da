namespace Deterministic.Streams.Tests;

public class ExtraInfoTests
{
    private readonly Wire _wire = new();

    [Clause("W-INFO-01")]
    [Documented("StreamWriter.get_extra_info(name)", "StreamWriter.get_extra_info(default)")]
    [Fact]
    public void Facts_are_known_by_their_documented_names()
    {
        _wire.Writer.GetExtraInfo("sockname").ShouldBeSameAs(_wire.Transport.LocalEndPoint);
        _wire.Writer.GetExtraInfo("peername").ShouldBeSameAs(_wire.Transport.RemoteEndPoint);
        _wire.Writer.GetExtraInfo("colour").ShouldBe("blue");
        _wire.Writer.GetExtraInfo("unheard of").ShouldBeNull();
        _wire.Writer.GetExtraInfo("unheard of", "default").ShouldBe("default");
        _wire.Writer.GetExtraInfo("colour", "default").ShouldBe("blue");
    }

    [Clause("W-INFO-02")]
    [Fact]
    public void Both_addresses_are_known_also_after_the_close()
    {
        _wire.Writer.Close();
        _wire.Writer.LocalEndPoint.ShouldBeSameAs(_wire.Transport.LocalEndPoint);
        _wire.Writer.RemoteEndPoint.ShouldBeSameAs(_wire.Transport.RemoteEndPoint);
        _wire.Connection.LocalEndPoint.ShouldBeSameAs(_wire.Transport.LocalEndPoint);
        _wire.Connection.RemoteEndPoint.ShouldBeSameAs(_wire.Transport.RemoteEndPoint);
    }
}
