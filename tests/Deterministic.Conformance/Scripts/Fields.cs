using System.Text.Json;

namespace Deterministic.Conformance;

/// <summary>Reads the fields of a JSON object as the format types them, and says what is wrong with the others.</summary>
internal static class Fields
{
    public static Identity Id(JsonElement parent, string what)
    {
        if (parent.TryGetProperty("id", out JsonElement value))
        {
            if (value.ValueKind == JsonValueKind.String)
            {
                return new Identity(Decoded(value), IsNumber: false);
            }

            string raw = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : ".";
            if (raw.AsSpan().TrimStart('-').IndexOfAnyExceptInRange('0', '9') < 0)
            {
                return new Identity(string.Equals(raw, "-0", StringComparison.Ordinal) ? "0" : raw, IsNumber: true);
            }
        }

        throw new MalformedScriptException($"the id of a {what} must be a string or a whole number");
    }

    public static string Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? Decoded(value)
            : throw new MalformedScriptException($"{name} must be a string");

    /// <summary>A whole number. Those that the streams cannot be asked for, because they take an <see cref="int"/>, are refused too.</summary>
    public static int Whole(JsonElement parent, string name, int? otherwise = null)
    {
        long value = WholeOf(parent, name, otherwise);
        return value is >= int.MinValue and <= int.MaxValue
            ? (int)value
            : throw new MalformedScriptException($"{name} is beyond what this player can ask for: {value}");
    }

    public static int? WholeOrNull(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? Whole(parent, name)
            : null;

    public static long WholeFrom(JsonElement parent, string name, long least)
    {
        long value = WholeOf(parent, name, otherwise: null);
        return value >= least
            ? value
            : throw new MalformedScriptException($"{name} must be at least {least}, not {value}");
    }

    public static byte[] Bytes(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) ? Hex(value, name) : throw NotHex(name);

    public static byte[][] ManyBytes(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            throw new MalformedScriptException($"{name} must be a list of hexadecimal texts");
        }

        return [.. list.EnumerateArray().Select(each => Hex(each, name))];
    }

    private static long WholeOf(JsonElement parent, string name, long? otherwise)
    {
        if (!parent.TryGetProperty(name, out JsonElement value))
        {
            return otherwise ?? throw new MalformedScriptException($"{name} must be a whole number");
        }

        // 1.0 and 1e0 are not whole numbers to the format, and not to this call either.
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long whole)
            ? whole
            : throw new MalformedScriptException($"{name} must be a whole number, not {value.GetRawText()}");
    }

    private static byte[] Hex(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw NotHex(name);
        }

        try
        {
            return Convert.FromHexString(Decoded(value));
        }
        catch (FormatException error) when (error is not MalformedScriptException)
        {
            throw NotHex(name, error);
        }
    }

    private static string Decoded(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            // Half a surrogate pair is JSON, but no text.
            throw new MalformedScriptException($"not text: {text.GetRawText()}", error);
        }
    }

    private static MalformedScriptException NotHex(string name, Exception? cause = null) =>
        new($"{name} must be hexadecimal text", cause);
}
