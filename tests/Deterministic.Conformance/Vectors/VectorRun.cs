using System.Buffers;
using System.Text.Json;

namespace Deterministic.Conformance;

/// <summary>Plays vectors and collects where the answers part.</summary>
internal sealed class VectorRun(StreamForm form = StreamForm.Owned) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _answer = new();
    private readonly HashSet<Identity> _ids = [];
    private readonly List<Difference> _differences = [];
    private Player? _player;

    public int Same { get; private set; }

    public IReadOnlyList<Difference> Differences => _differences;

    public void Dispose() => _player?.Dispose();

    /// <exception cref="MalformedScriptException">The script is malformed, or its id was used before.</exception>
    public void Play(Vector vector)
    {
        if (!_ids.Add(vector.Script.Id))
        {
            throw new MalformedScriptException($"two vectors are called {vector.Script.Id}");
        }

        _player ??= new Player(_answer, form);
        _answer.ResetWrittenCount();
        _player.Play(vector.Script);
        if (Difference.Between(vector, JsonElement.Parse(_answer.WrittenSpan)) is { } difference)
        {
            _differences.Add(difference);
        }
        else
        {
            Same++;
        }
    }
}
