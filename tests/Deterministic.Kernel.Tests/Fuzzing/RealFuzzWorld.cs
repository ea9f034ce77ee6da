using System.Net;
using System.Net.Sockets;
using Deterministic.Sockets;
using Deterministic.Streams;

namespace Deterministic.Kernel.Tests;

/// <summary>This machine's own sockets.</summary>
/// <param name="calm">How long nothing must be done for all that is under way to have happened: longer on a busy machine.</param>
internal sealed class RealFuzzWorld(TimeSpan calm) : FuzzWorld
{
    private readonly IPAddress _address = LoopbackAddresses.Next();

    public override INetwork Server => SocketNetwork.Default;

    public override INetwork Client => SocketNetwork.Default;

    public override IPAddress LocalAddress => _address;

    public override EndPoint Address(bool isUnix) =>
        isUnix
            ? new UnixDomainSocketEndPoint($"\0fuzz-{_address}-{Environment.ProcessId}")
            : new IPEndPoint(_address, 0);

    public override void Prepare(Connection connection)
    {
        Socket socket = (Socket)connection.Writer.GetExtraInfo("socket")!;
        try
        {
            socket.SendBufferSize = FuzzProgram.BufferBytes;
            socket.ReceiveBufferSize = FuzzProgram.BufferBytes;
        }
        catch (ObjectDisposedException)
        {
            // It has been lost already.
        }
    }

    public override Task StepAsync() => Task.CompletedTask;

    public override Task SettleAsync() => Task.Delay(calm);
}
