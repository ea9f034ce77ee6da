using System.Net;
using Deterministic.Core;
using Deterministic.Streams;
using Microsoft.Win32.SafeHandles;

namespace Deterministic.Sockets.Tests;

/// <summary>
/// An echo server in a process with few descriptors, which obeys its input: <c>fill</c> takes all that are left, <c>free</c> gives them back, <c>connect</c> connects to
/// itself. It prints its address, what failed, and what is done.
/// </summary>
internal sealed class ExhaustedServer
{
    /// <summary>Threads that exist need no descriptors: a runtime that starts one when there are none ends the process.</summary>
    private const int Threads = 16;

    private readonly List<SafeFileHandle> _held = [];

    public async Task RunAsync()
    {
        await StartThreadsAsync();
        await using StreamServer server = await EchoServer.StartAsync(
            default,
            new ServerOptions { OnError = error => Tell("accept", (ConnectionException)error) }
        );
        Console.WriteLine($"serving {server.Address()}");
        while (Console.ReadLine() is { } command)
        {
            switch (command)
            {
                case "fill":
                    Fill();
                    break;
                case "free":
                    _held.ForEach(handle => handle.Dispose());
                    _held.Clear();
                    break;
                case "connect":
                    await ConnectAsync(server.Address());
                    break;
            }

            Console.WriteLine($"done {command}");
        }
    }

    private static void Tell(string what, ConnectionException error) =>
        Console.WriteLine($"{what} {error.Kind}: {error.Message}");

    private static async Task ConnectAsync(EndPoint address)
    {
        try
        {
            await using Connection connection = await SocketNetwork.Default.OpenConnectionAsync(address);
            Console.WriteLine("connected");
        }
        catch (ConnectionException error)
        {
            Tell("connect", error);
        }
    }

    private static async Task StartThreadsAsync()
    {
        ThreadPool.SetMinThreads(Threads, Threads);
        using Barrier barrier = new(Threads);
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(() => barrier.SignalAndWait())));
    }

    private void Fill()
    {
        try
        {
            while (true)
            {
                _held.Add(File.OpenHandle("/dev/null"));
            }
        }
        catch (IOException)
        {
            // None left.
        }
    }
}
