using System.Net.Sockets;
using Deterministic.Sockets.Tuning;
using Deterministic.Streams;

namespace Deterministic.Sockets.Serving;

/// <summary>What sockets that listen need beyond what the runtime does by itself.</summary>
internal static class ListeningSocket
{
    /// <summary>A TCP socket with the options of a server, not bound yet.</summary>
    /// <exception cref="ArgumentException">This system has no such option, or does not take its value.</exception>
    /// <exception cref="SocketException">It could not be made.</exception>
    public static Socket Create(AddressFamily family, ServerOptions options)
    {
        // Of a socket whose protocol is named as TCP, the runtime sets SO_REUSEADDR when it is bound, where that means what POSIX means.
        bool plain = options.ReuseAddress == false && !OperatingSystem.IsWindows();
        Socket socket = new(family, SocketType.Stream, plain ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            if (options.ReusePort)
            {
                ReusePort(socket, options);
            }

            if (options.ReuseAddress == true && OperatingSystem.IsWindows())
            {
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
            }

            // So that what the system does not take is an error of the start, not of each connection.
            SocketTuning.Apply(socket, options);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Closes it. The runtime deletes whatever file is at the path of a Unix socket that it bound, even one made by another process: so only the handle is closed there,
    /// and the file left to <see cref="SocketFile"/>.
    /// </summary>
    public static void Close(Socket socket)
    {
        if (socket.AddressFamily == AddressFamily.Unix)
        {
            socket.SafeHandle.Dispose();
#pragma warning disable CA1816 // The finalizer deletes the file, too.
            GC.SuppressFinalize(socket);
#pragma warning restore CA1816
        }
        else
        {
            socket.Dispose();
        }
    }

    /// <summary>What the runtime calls ReuseAddress is SO_REUSEPORT as well on Unix: its meaning on Windows, which has no other, is between the two.</summary>
    private static void ReusePort(Socket socket, ServerOptions options)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new ArgumentException(
                "Windows has no SO_REUSEPORT: leave ServerOptions.ReusePort out.",
                nameof(options)
            );
        }

        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
    }
}
