using System.Buffers;

namespace Deterministic.Core.Tests;

/// <summary>A vocabulary for tests of the connection.</summary>
internal static class ConnectionTalk
{
    public static ConnectionMachine New(int limit = 8, int high = 8, ArrayPool<byte>? pool = null) =>
        new(limit, WriteBufferLimits.Create(high), pool);

    public static void Write(this ConnectionMachine connection, string text) => connection.Write(Bytes.Of(text));

    /// <summary>What the driver may send now, or null.</summary>
    public static string? Send(this ConnectionMachine connection) =>
        connection.TryBeginSend(out ReadOnlySequence<byte> data) ? Bytes.Text(data) : null;

    public static bool BeginReceive(this ConnectionMachine connection) => connection.TryBeginReceive(out _);

    /// <summary>One whole receive.</summary>
    public static void Receive(this ConnectionMachine connection, string text)
    {
        connection.TryBeginReceive(out Memory<byte> lent).ShouldBeTrue();
        Bytes.Of(text).CopyTo(lent);
        connection.Received(text.Length);
    }

    /// <summary>Begins to close the transport: "close", "abort", or null if neither is due.</summary>
    public static string? BeginClose(this ConnectionMachine connection) =>
        connection.TryBeginClose(out bool abort)
            ? abort
                ? "abort"
                : "close"
            : null;

    /// <summary>A connection brought into a state by the shortest way.</summary>
    public static ConnectionMachine In(ConnectionState state)
    {
        ConnectionMachine connection = New();
        switch (state)
        {
            case ConnectionState.Flushing:
                connection.Write("queued");
                connection.Close();
                break;
            case ConnectionState.Closing:
                connection.Close();
                break;
            case ConnectionState.Aborting:
                connection.Abort();
                break;
            case ConnectionState.Disconnecting:
                connection.Close();
                connection.BeginClose();
                break;
            case ConnectionState.Resetting:
                connection.Abort();
                connection.BeginClose();
                break;
            case ConnectionState.Closed:
                connection.Close();
                connection.BeginClose();
                connection.Disconnected();
                break;
        }

        connection.State.ShouldBe(state);
        return connection;
    }
}
