using System.Net.Sockets;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tuning;

/// <summary>TCP's keep-alive of one socket.</summary>
internal static class KeepAliveTuning
{
    /// <exception cref="ArgumentException">The system does not take a value.</exception>
    public static void Apply(Socket socket, KeepAliveOptions options)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, optionValue: true);
        Set(socket, SocketOptionName.TcpKeepAliveTime, Seconds(options.Time), nameof(options.Time));
        Set(socket, SocketOptionName.TcpKeepAliveInterval, Seconds(options.Interval), nameof(options.Interval));
        Set(socket, SocketOptionName.TcpKeepAliveRetryCount, options.RetryCount, nameof(options.RetryCount));
    }

    /// <summary>Whole seconds, rounded up.</summary>
    private static int Seconds(TimeSpan span) => (int)Math.Min(Math.Ceiling(span.TotalSeconds), int.MaxValue);

    private static void Set(Socket socket, SocketOptionName name, int value, string what)
    {
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Tcp, name, value);
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.InvalidArgument)
        {
            throw new ArgumentException(
                $"KeepAliveOptions.{what} of {value} is more than this system takes. Linux takes at most 32767 s for each time and 127 for the count.",
                what,
                error
            );
        }
    }
}
