using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Deterministic.Conformance;

/// <summary>Writes answers as the format has them: a line each, keys sorted, no spaces. Reused from script to script.</summary>
internal sealed class AnswerWriter(IBufferWriter<byte> output) : IDisposable
{
    // Escapes no more than JSON asks for, so that answers are the same text as other players' wherever they can be.
    private readonly Utf8JsonWriter _json = new(
        output,
        new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }
    );

    public void Dispose() => _json.Dispose();

    public void Begin(Identity script)
    {
        _json.Reset();
        _json.WriteStartObject();
        _json.WritePropertyName("id"u8);
        Write(script);
        _json.WriteStartArray("steps"u8);
    }

    public void End()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        output.Write("\n"u8);
    }

    public void Entry(in WorldState state, ReadOnlySpan<WorldEvent> events, IReadOnlyList<EndedCall> ended)
    {
        _json.WriteStartObject();
        _json.WriteBoolean("at_eof"u8, state.AtEof);
        _json.WriteNumber("buffered"u8, state.Buffered);
        if (state.OfConnection is { Closing: bool closing })
        {
            _json.WriteBoolean("closing"u8, closing);
        }

        _json.WriteStartArray("events"u8);
        foreach (WorldEvent happened in events)
        {
            Write(happened);
        }

        foreach (EndedCall call in ended)
        {
            Write(call);
        }

        _json.WriteEndArray();
        _json.WriteBoolean("paused"u8, state.Paused);
        if (state.OfConnection is { Unread: long unread })
        {
            _json.WriteNumber("unread"u8, unread);
        }

        _json.WriteEndObject();
    }

    private void Write(in WorldEvent happened)
    {
        _json.WriteStartObject();
        if (happened.Text is null)
        {
            _json.WriteBoolean(happened.Name, value: true);
        }
        else
        {
            _json.WriteString(happened.Name, happened.Text);
        }

        _json.WriteEndObject();
    }

    private void Write(in EndedCall call)
    {
        _json.WriteStartObject();
        _json.WritePropertyName("done"u8);
        Write(call.Id);
        Write(call.Outcome);
        _json.WriteEndObject();
    }

    private void Write(in Outcome outcome)
    {
        switch (outcome.Kind)
        {
            case OutcomeKind.Ok:
                _json.WriteString("ok"u8, Hex(outcome.Data));
                break;
            case OutcomeKind.End:
                _json.WriteBoolean("end"u8, value: true);
                break;
            case OutcomeKind.Incomplete:
                _json.WriteStartObject("incomplete"u8);
                WriteNumberOrNull("expected"u8, outcome.Count);
                _json.WriteString("partial"u8, Hex(outcome.Data));
                _json.WriteEndObject();
                break;
            case OutcomeKind.Overrun:
                _json.WriteStartObject("overrun"u8);
                WriteNumberOrNull("consumed"u8, outcome.Count);
                _json.WriteEndObject();
                break;
            case OutcomeKind.Exception:
                _json.WriteString("exception"u8, outcome.Text);
                break;
            case OutcomeKind.Error:
                _json.WriteString("error"u8, outcome.Text);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "No such outcome.");
        }
    }

    private void Write(Identity id)
    {
        if (id.IsNumber)
        {
            _json.WriteRawValue(id.Text, skipInputValidation: true);
        }
        else
        {
            _json.WriteStringValue(id.Text);
        }
    }

    private void WriteNumberOrNull(ReadOnlySpan<byte> name, long? number)
    {
        if (number is { } value)
        {
            _json.WriteNumber(name, value);
        }
        else
        {
            _json.WriteNull(name);
        }
    }

    private static string? Hex(byte[]? data) => data is null ? null : Convert.ToHexStringLower(data);
}
