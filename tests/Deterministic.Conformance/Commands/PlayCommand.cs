using System.Buffers;
using System.Text;

namespace Deterministic.Conformance;

/// <summary>Plays scripts, a JSON object a line, and answers with a line each. A malformed one ends it.</summary>
internal static class PlayCommand
{
    /// <summary>Answers are handed on in pieces of about this size: a system call for each would cost more than the script.</summary>
    private const int Batch = 64 * 1024;

    public static int Run(Stream input, Stream output, TextWriter errors)
    {
        using StreamReader lines = new(input, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), false, Batch);
        ArrayBufferWriter<byte> answers = new(2 * Batch);
        using Player player = new(answers);
        for (int number = 1; lines.ReadLine() is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            try
            {
                player.Play(ScriptParser.Parse(line));
            }
            catch (MalformedScriptException error)
            {
                Flush(answers, output);
                errors.WriteLine($"line {number}: {error.Message}");
                return ExitCode.Malformed;
            }

            if (answers.WrittenCount >= Batch)
            {
                Flush(answers, output);
            }
        }

        Flush(answers, output);
        return ExitCode.Good;
    }

    private static void Flush(ArrayBufferWriter<byte> answers, Stream output)
    {
        output.Write(answers.WrittenSpan);
        output.Flush();
        answers.ResetWrittenCount();
    }
}
