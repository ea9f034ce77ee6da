using System.Collections.Concurrent;
using System.Net;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Kernel.Tests;

/// <summary>Plays a program and returns the result of each step.</summary>
internal sealed class FuzzPlay
{
    private const string Pending = "pending";

    private readonly FuzzWorld _world;
    private readonly FuzzProgram _program;
    private readonly List<(FuzzEnd Client, FuzzEnd Server)> _connections = [];
    private readonly ConcurrentQueue<Connection> _accepted = new();
    private readonly string[] _outcomes;

    private FuzzPlay(FuzzWorld world, FuzzProgram program)
    {
        _world = world;
        _program = program;
        _outcomes = [.. program.Steps.Select(_ => Pending)];
    }

    /// <summary>What each step came to, and how each end stands, line by line.</summary>
    public static Task<string> RunAsync(FuzzWorld world, FuzzProgram program) =>
        new FuzzPlay(world, program).RunAsync();

    private async Task<string> RunAsync()
    {
        await using StreamServer server = await _world.Server.StartServerAsync(
            (Action<Connection>)_accepted.Enqueue,
            _world.Address(_program.IsUnix),
            new ServerOptions { Linger = _program.ServerLinger, Limit = _program.Limit }
        );
        try
        {
            return await PlayAsync(server.EndPoints[0]);
        }
        finally
        {
            // Nothing is to be left that the next program could meet.
            _connections.ForEach(static ends =>
            {
                ends.Client.Connection.Abort();
                ends.Server.Connection.Abort();
            });
            server.AbortClients();
        }
    }

    private async Task<string> PlayAsync(EndPoint address)
    {
        for (int i = 0; i < _program.Connections; i++)
        {
            await ConnectAsync(address, local: null);
        }

        for (int i = 0; i < _program.Steps.Count; i++)
        {
            FuzzStep step = _program.Steps[i];
            if (step.Action == FuzzAction.Settle)
            {
                await _world.SettleAsync();
                _outcomes[i] = "";
            }
            else
            {
                Task noted = NoteAsync(i, DoAsync(step, address));
                if (step.Action == FuzzAction.ConnectAgain)
                {
                    await noted;
                }

                await _world.StepAsync();
            }
        }

        await _world.SettleAsync();
        IEnumerable<string> steps = _program
            .Steps.Select((step, i) => $"{step}: {Volatile.Read(ref _outcomes[i])}")
            .Where((_, i) => _program.Steps[i].Action != FuzzAction.Settle);
        IEnumerable<string> ends = _connections.SelectMany(
            (both, i) => (string[])[$"client {i} is {both.Client.State()}", $"server {i} is {both.Server.State()}"]
        );
        return string.Join('\n', steps.Concat(ends));
    }

    private async Task NoteAsync(int step, Task<string> outcome)
    {
        string what = await outcome;
        Volatile.Write(ref _outcomes[step], what);
    }

    private Task<string> DoAsync(FuzzStep step, EndPoint address) =>
        step.Action == FuzzAction.ConnectAgain
            ? ConnectAgainAsync(address)
            : (step.ByServer ? _connections[step.Connection].Server : _connections[step.Connection].Client).DoAsync(
                step
            );

    private async Task<string> ConnectAgainAsync(EndPoint address)
    {
        try
        {
            // The client first: its end is then in TIME-WAIT.
            _connections[0].Client.Connection.Writer.Close();
            await _world.SettleAsync();
            _connections[0].Server.Connection.Writer.Close();
            await _world.SettleAsync();
            await ConnectAsync(address, _connections[0].Client.Connection.LocalEndPoint);
            return "done";
        }
        catch (ConnectionException error)
        {
            return $"{error.Kind}";
        }
    }

    private async Task ConnectAsync(EndPoint address, EndPoint? local)
    {
        ClientOptions options = new()
        {
            Linger = _program.ClientLinger,
            Limit = _program.Limit,
            LocalEndPoint = local ?? Own(),
        };
        Connection client = await _world.Client.OpenConnectionAsync(address, options);
        Connection? server;
        while (!_accepted.TryDequeue(out server))
        {
            await _world.SettleAsync();
        }

        _world.Prepare(client);
        _world.Prepare(server);
        _connections.Add((new FuzzEnd(client), new FuzzEnd(server)));
    }

    /// <summary>Any port, but bound by its owner: then it can be had again.</summary>
    private IPEndPoint? Own() => _program.IsUnix ? null : new IPEndPoint(_world.LocalAddress, 0);
}
