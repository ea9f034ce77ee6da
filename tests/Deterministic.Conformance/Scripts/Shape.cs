using System.Text.Json;

namespace Deterministic.Conformance;

/// <summary>How one kind of step or call is written down: the fields it has beside those that all have, and how to decode them.</summary>
internal sealed class Shape<T>(Func<JsonElement, T> decode, params string[] fields)
{
    public T Decode(JsonElement parent, string name, params ReadOnlySpan<string> common)
    {
        foreach (JsonProperty property in parent.EnumerateObject())
        {
            if (!IsAmong(property, common) && !IsAmong(property, fields))
            {
                throw new MalformedScriptException($"{name} knows no field '{property.Name}'");
            }
        }

        return decode(parent);
    }

    private static bool IsAmong(JsonProperty property, ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (property.NameEquals(name))
            {
                return true;
            }
        }

        return false;
    }
}
