using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Deterministic.Conformance;

/// <summary>The first step of a vector where the player's answer is another than the expected one.</summary>
/// <param name="Vector">The vector.</param>
/// <param name="Answer">The whole answer.</param>
/// <param name="StepNumber">From 1; one past the last if the number of entries is not that of the steps.</param>
internal sealed record Difference(Vector Vector, JsonElement Answer, int StepNumber)
{
    /// <summary>Null where the two are the same.</summary>
    public static Difference? Between(Vector vector, JsonElement answer)
    {
        JsonElement entries = answer.GetProperty("steps");
        int common = Math.Min(vector.Answer.Count, entries.GetArrayLength());
        for (int i = 0; i < common; i++)
        {
            if (!IsSame(vector.Answer[i], entries[i]))
            {
                return new Difference(vector, answer, i + 1);
            }
        }

        return vector.Answer.Count == common && entries.GetArrayLength() == common
            ? null
            : new Difference(vector, answer, common + 1);
    }

    /// <summary>The script up to that step, and the two entries.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{Vector.Script.Id}, step {StepNumber}: ");
        text.Append(CultureInfo.InvariantCulture, $"{Vector.Script.Kind}, limit {Vector.Script.Limit}");
        text.Append(Vector.Script.High is { } high ? $", high {high}" : "")
            .Append(Vector.Script.Low is { } low ? $", low {low}" : "")
            .Append('\n');
        for (int i = 0; i < Math.Min(StepNumber, Vector.Steps.Count); i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {i + 1, 4} {Vector.Steps[i]}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"  expected {Entry(Vector.Answer)}\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"  got      {Entry([.. Answer.GetProperty("steps").EnumerateArray()])}\n"
        );
        return text.ToString();
    }

    /// <summary>A vector's entry leaves out what is at rest.</summary>
    private static bool IsSame(JsonElement expected, JsonElement actual)
    {
        int found = 0;
        foreach (JsonProperty member in actual.EnumerateObject())
        {
            bool kept = expected.TryGetProperty(member.Name, out JsonElement value);
            found += kept ? 1 : 0;
            if (kept ? !JsonElement.DeepEquals(value, member.Value) : !IsAtRest(member.Value))
            {
                return false;
            }
        }

        return found == expected.GetPropertyCount();
    }

    private static bool IsAtRest(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.False => true,
            JsonValueKind.Number => value.GetInt64() == 0,
            JsonValueKind.Array => value.GetArrayLength() == 0,
            _ => false,
        };

    private string Entry(IReadOnlyList<JsonElement> entries) =>
        StepNumber <= entries.Count ? entries[StepNumber - 1].GetRawText() : "nothing";
}
