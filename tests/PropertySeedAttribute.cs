using FsCheck.Xunit;

namespace Deterministic.Tests;

/// <summary>
/// Gives all properties of an assembly one seed, so that a property that fails here fails everywhere. Where <c>PROPERTY_SEED</c>
/// is set, to a number, that is the seed. A failure prints what replays its one case: <c>[Property(Replay = "(…)")]</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class PropertySeedAttribute : PropertiesAttribute
{
    public PropertySeedAttribute()
    {
        string? seed = Environment.GetEnvironmentVariable("PROPERTY_SEED");
        Replay = $"({(string.IsNullOrEmpty(seed) ? "20000101" : seed)},1)";
    }
}
