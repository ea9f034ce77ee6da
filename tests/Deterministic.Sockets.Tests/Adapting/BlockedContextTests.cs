using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using Deterministic.Sockets.Serving;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

/// <summary>A thread whose synchronization context can run nothing, because the thread blocks for a result, gets every result. (Protocols of callbacks are another matter: they run in the context.)</summary>
public sealed class BlockedContextTests : GuardedTest
{
    /// <summary>Ways to a connection whose peer echoes.</summary>
    private static readonly Dictionary<string, Func<BlockedContext, Echo, Connection>> Ways = new()
    {
        ["TCP"] = static (context, echo) => echo.Open(context),
        ["TCP by name"] = static (context, echo) =>
            context.Result(SocketNetwork.Default.OpenConnectionAsync("localhost", echo.Plain.Port())),
        ["TLS"] = static (context, echo) =>
            context.Result(SocketNetwork.Default.OpenConnectionAsync(echo.Secured.Address(), TlsLoopback.Client)),
        ["Unix"] = static (context, echo) =>
            context.Result(SocketNetwork.Default.OpenUnixConnectionAsync(echo.UnixPath)),
        ["StartTls"] = static (context, echo) =>
        {
            Connection connection = context.Result(SocketNetwork.Default.OpenConnectionAsync(echo.Secured.Address()));
            context.Result(connection.StartTlsAsync(TlsLoopback.Client.Tls!));
            return connection;
        },
        ["FromStream of a NetworkStream"] = static (_, echo) => Connection.FromStream(echo.OpenStream()),
        ["FromStream of a stream that captures contexts"] = static (_, echo) =>
            Connection.FromStream(new CapturingStream(echo.OpenStream())),
        ["FromStream of an SslStream"] = static (context, echo) =>
        {
            SslStream stream = new(echo.OpenStream(secured: true), false, static (_, shown, _, _) => shown is not null);
            context.Result(stream.AuthenticateAsClientAsync("localhost"));
            return Connection.FromStream(stream);
        },
        ["FromStream of AsStream"] = static (context, echo) => Connection.FromStream(echo.Open(context).AsStream()),
        ["FromDuplexPipe of AsDuplexPipe"] = static (context, echo) =>
            Connection.FromDuplexPipe(echo.Open(context).AsDuplexPipe()),
        ["FromDuplexPipe of pipes over a stream"] = static (_, echo) =>
        {
            Stream stream = echo.OpenStream();
            return Connection.FromDuplexPipe(new Pipes(PipeReader.Create(stream), PipeWriter.Create(stream)));
        },
    };

    private static readonly Dictionary<string, Action<BlockedContext, Connection>> Calls = new()
    {
        ["ReadAsync"] = static (context, c) => context.Result(Send(c).Reader.ReadAsync(1)).ShouldBe("a"u8.ToArray()),
        ["ReadAsync into memory"] = static (context, c) => context.Result(Send(c).Reader.ReadAsync(new byte[3])),
        ["ReadExactlyAsync into memory"] = static (context, c) =>
            context.Result(Send(c).Reader.ReadExactlyAsync(new byte[6])),
        ["ReadLineAsync"] = static (context, c) => context.Result(Send(c).Reader.ReadLineAsync()).Length.ShouldBe(3),
        ["ReadUntilAsync"] = static (context, c) => context.Result(Send(c).Reader.ReadUntilAsync("c"u8)),
        ["BorrowLinesAsync"] = static (context, c) => context.Result(Send(c).Reader.BorrowLinesAsync()),
        ["SkipLineAsync"] = static (context, c) => context.Result(Send(c).Reader.SkipLineAsync()),
        ["await foreach"] = static (context, c) =>
        {
            IAsyncEnumerator<byte[]> lines = Send(c).Reader.GetAsyncEnumerator();
            context.Result(lines.MoveNextAsync()).ShouldBeTrue();
            context.Result(lines.DisposeAsync());
        },
        ["DrainAsync"] = static (context, c) =>
        {
            c.Writer.WriteBufferLimits = Core.WriteBufferLimits.Create(0);
            c.Writer.Write(new byte[300_000]);
            context.Result(c.Writer.DrainAsync());
        },
        ["AsStream: ReadAsync"] = static (context, c) => context.Result(Send(c).AsStream().ReadAsync(new byte[3])),
        ["AsStream: WriteAsync, FlushAsync"] = static (context, c) =>
        {
            context.Result(c.AsStream().WriteAsync(new byte[300_000]));
            context.Result(c.AsStream().FlushAsync());
        },
        ["AsStream: Read, Write"] = static (_, c) =>
        {
            c.AsStream().Write("abc"u8);
            c.AsStream().ReadExactly(new byte[3]);
        },
        ["AsStream: CopyToAsync, DisposeAsync"] = static (context, c) =>
        {
            Send(c);
            c.Writer.Close();
            Record.Exception(() => context.Result(c.AsStream().CopyToAsync(Stream.Null)));
            context.Result(c.AsStream().DisposeAsync());
        },
        ["AsDuplexPipe: ReadAsync"] = static (context, c) =>
        {
            PipeReader input = Send(c).AsDuplexPipe(leaveOpen: true).Input;
            input.AdvanceTo(context.Result(input.ReadAsync()).Buffer.End);
        },
        ["AsDuplexPipe: WriteAsync, CompleteAsync"] = static (context, c) =>
        {
            IDuplexPipe pipe = c.AsDuplexPipe();
            context.Result(pipe.Output.WriteAsync(new byte[300_000]));
            context.Result(pipe.Output.CompleteAsync());
            context.Result(pipe.Input.CompleteAsync());
        },
        ["WaitClosedAsync"] = static (context, c) =>
        {
            c.Writer.Close();
            Record.Exception(() => context.Result(c.Writer.WaitClosedAsync()));
        },
        ["a cancelled read"] = static (context, c) =>
        {
            using CancellationTokenSource soon = new(TimeSpan.FromMilliseconds(1));
            Should.Throw<OperationCanceledException>(() => context.Result(c.Reader.ReadAsync(1, soon.Token)));
        },
    };

    public static TheoryData<string, string> Rows
    {
        get
        {
            TheoryData<string, string> rows = [];
            foreach (string way in Ways.Keys)
            {
                foreach (string call in Calls.Keys)
                {
                    rows.Add(way, call);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public Task A_call_ends_although_the_callers_context_is_blocked(string way, string call) =>
        BlockedContext
            .RunAsync(context =>
            {
                using Echo echo = new(context);
                Connection connection = Ways[way](context, echo);
                Calls[call](context, connection);
                context.Result(connection.DisposeAsync());
                echo.Close(context);
            })
            .WaitAsync(Guard);

    private static Connection Send(Connection connection)
    {
        connection.Writer.Write("ab\ncd\n"u8);
        return connection;
    }

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    /// <summary>Servers that echo, started and ended by a thread that blocks.</summary>
    private sealed class Echo : IDisposable
    {
        private readonly TempFolder _folder = new();
        private readonly StreamServer _unix;

        public Echo(BlockedContext context)
        {
            Plain = context.Result(EchoServer.StartAsync(default));
            Secured = context.Result(TlsLoopback.EchoAsync(default));
            UnixPath = _folder.PathOf("echo");
            _unix = context.Result(SocketNetwork.Default.StartUnixServerAsync(EchoAsync, UnixPath));
        }

        public StreamServer Plain { get; }

        public StreamServer Secured { get; }

        public string UnixPath { get; }

        public Connection Open(BlockedContext context) =>
            context.Result(SocketNetwork.Default.OpenConnectionAsync(Plain.Address()));

        public NetworkStream OpenStream(bool secured = false) =>
            new(Loopback.Connect((secured ? Secured : Plain).Address()), ownsSocket: true);

        public void Close(BlockedContext context)
        {
            context.Result(Plain.CloseAsync(TimeSpan.FromSeconds(1)));
            context.Result(Secured.DisposeAsync());
            _unix.Close();
            _unix.CloseClients();
            context.Result(_unix.WaitClosedAsync());
        }

        public void Dispose() => _folder.Dispose();

        private static async Task EchoAsync(Connection connection)
        {
            while (await connection.Reader.BorrowAsync(64 * 1024) is { IsEmpty: false } data)
            {
                connection.Writer.Write(data);
                await connection.Writer.DrainAsync();
            }
        }
    }

    /// <summary>A stream of a program that does not think of contexts.</summary>
    private sealed class CapturingStream(Stream inner) : DelegatedStream(inner)
    {
        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        ) => await Inner.ReadAsync(buffer, cancellationToken);

        public override async ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer,
            CancellationToken cancellationToken = default
        ) => await Inner.WriteAsync(buffer, cancellationToken);

        public override async Task FlushAsync(CancellationToken cancellationToken) =>
            await Inner.FlushAsync(cancellationToken);

        public override async ValueTask DisposeAsync()
        {
            await Task.Yield();
            await base.DisposeAsync();
        }
    }
}
