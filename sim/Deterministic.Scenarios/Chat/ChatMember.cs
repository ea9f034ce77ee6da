using System.Globalization;
using System.Net;
using System.Text;
using Deterministic.Core;
using Deterministic.Simulation;
using Deterministic.Simulation.Tcp;
using Deterministic.Streams;

namespace Deterministic.Scenarios;

/// <summary>The client: sends its messages, and checks the messages of the others.</summary>
internal sealed class ChatMember(ScenarioWorld world, string name, int messages, TimeSpan longestPause, bool slow)
{
    private static readonly TimeSpan SlowPause = TimeSpan.FromMilliseconds(50);

    private static readonly ClientOptions Options = new() { KeepAlive = ChatServerHost.KeepAlive };

    private readonly Dictionary<string, int> _heard = new(StringComparer.Ordinal);
    private Connection? _connection;

    public string Name => name;

    public int Messages => messages;

    /// <summary>Whether the connection is alive; after the end, whether it was alive until then.</summary>
    public bool Intact { get; private set; }

    /// <summary>Whether the server sent its last line and had received every message.</summary>
    public bool IsDone { get; private set; }

    /// <summary>How many messages of that member were received.</summary>
    public int HeardFrom(string member) => _heard.GetValueOrDefault(member);

    /// <summary>Connects and joins; afterwards the server sends the messages of the others.</summary>
    public async Task JoinAsync(EndPoint server)
    {
        _connection = await Connector.ConnectAsync(world, name, server, Options);
        if (_connection is null)
        {
            return;
        }

        try
        {
            _connection.Writer.Write(Encoding.UTF8.GetBytes(name + "\n"));
            byte[] welcome = Whole(await _connection.Reader.ReadLineAsync());
            string expected = $"welcome {name}\n";
            world.Always(
                welcome.Length == 0
                    || string.Equals(Encoding.UTF8.GetString(welcome), expected, StringComparison.Ordinal),
                "welcomed-by-name",
                $"{name}: was greeted with '{Show(welcome)}'."
            );
            Intact = welcome.Length > 0;
        }
        catch (ConnectionException)
        {
            world.Note($"{name}: lost while joining");
        }
    }

    /// <summary>Sends all messages, then ends its half of the connection.</summary>
    public async Task SpeakAsync()
    {
        if (!Intact)
        {
            _connection?.Abort();
            return;
        }

        try
        {
            for (int number = 1; number <= messages; number++)
            {
                _connection!.Writer.Write(Encoding.UTF8.GetBytes(TextOf(name, number) + "\n"));
                await _connection.Writer.DrainAsync();
                await Task.Delay(world.Random.NextDouble() * longestPause, world.TimeProvider);
            }

            _connection!.Writer.WriteEof();
        }
        catch (ConnectionException)
        {
            Intact = false;
        }
    }

    /// <summary>Reads until the server ends the stream.</summary>
    public async Task ListenAsync()
    {
        if (!Intact)
        {
            return;
        }

        try
        {
            await foreach (byte[] line in _connection!.Reader)
            {
                if (IsLastLine(line))
                {
                    continue;
                }

                Check(line);
                if (slow)
                {
                    await Task.Delay(SlowPause, world.TimeProvider);
                }
            }
        }
        catch (ConnectionException)
        {
            world.Note($"{name}: connection lost");
            Intact = false;
        }

        await _connection!.DisposeAsync();
    }

    /// <summary>The last line: how many messages the server has received. Without it the stream was cut off.</summary>
    private bool IsLastLine(byte[] line)
    {
        string text = Encoding.UTF8.GetString(line);
        if (!text.StartsWith("bye ", StringComparison.Ordinal) || Whole(line).Length == 0)
        {
            return false;
        }

        IsDone = string.Equals(
            text,
            string.Create(CultureInfo.InvariantCulture, $"bye {messages}\n"),
            StringComparison.Ordinal
        );
        return true;
    }

    /// <summary>A line cut off by the end of the stream does not count.</summary>
    private static byte[] Whole(byte[] line) => line is [.., (byte)'\n'] ? line : [];

    private static string TextOf(string member, int number) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"message {number} of {member}, {new string('.', number * 7 % 40)}!"
        );

    private void Check(byte[] line)
    {
        if (Whole(line).Length == 0)
        {
            world.Note($"{name}: cut off");
            return;
        }

        string text = Encoding.UTF8.GetString(line);
        int colon = text.IndexOf(": ", StringComparison.Ordinal);
        string from = colon < 0 ? "" : text[..colon];
        int number = _heard.GetValueOrDefault(from) + 1;
        bool whole =
            colon >= 0 && string.Equals(text[(colon + 2)..], TextOf(from, number) + "\n", StringComparison.Ordinal);
        world.Always(
            whole,
            "message-whole-and-in-order",
            $"{name}: heard '{Show(line)}' where message {number} of '{from}' was due."
        );
        _heard[from] = number;
    }

    private static string Show(byte[] line) =>
        Encoding.UTF8.GetString(line).Replace("\n", "\\n", StringComparison.Ordinal);
}
