using System.Buffers;

namespace Deterministic.Conformance;

/// <summary>Plays scripts, each in a world of its own.</summary>
/// <param name="output">Where the answers go.</param>
/// <param name="form">Which members of a connection it uses.</param>
internal sealed class Player(IBufferWriter<byte> output, StreamForm form = StreamForm.Owned) : IDisposable
{
    private readonly AnswerWriter _answers = new(output);

    public void Dispose() => _answers.Dispose();

    /// <exception cref="InvalidDataException">The code under test did what no script can ask of it.</exception>
    public void Play(Script script)
    {
        try
        {
            PlayIn(
                script.Kind == ScriptKind.Reader ? new ReaderWorld(script) : new ConnectionWorld(script, form),
                script
            );
        }
        catch (Exception error)
        {
            throw new InvalidDataException($"Script {script.Id} cannot be played: {error.Message}", error);
        }
    }

    private void PlayIn(IWorld world, Script script)
    {
        _answers.Begin(script.Id);
        foreach (Step step in script.Steps)
        {
            world.Do(step);
            _answers.Entry(world.State, world.Events.Events, world.Calls.TakeEnded());
            world.Events.Clear();
        }

        _answers.End();
        world.End();
    }
}
