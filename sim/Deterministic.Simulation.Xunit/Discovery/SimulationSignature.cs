using System.Globalization;
using Xunit.Abstractions;

namespace Deterministic.Simulation.Xunit;

/// <summary>Checks the signature of simulation tests.</summary>
internal static class SimulationSignature
{
    private const string Shape = "write it as: public async Task Claim(SimulatedWorld world).";

    /// <summary>The error in a method or its attribute, or null.</summary>
    public static string? FindFault(IMethodInfo method, IAttributeInfo attribute)
    {
        if (method.IsGenericMethodDefinition)
        {
            return $"[Simulation] method '{method.Name}' is generic; {Shape}";
        }

        IParameterInfo[] parameters = [.. method.GetParameters()];
        if (parameters.Length != 1 || !Is<SimulatedWorld>(parameters[0].ParameterType))
        {
            return $"[Simulation] method '{method.Name}' must take exactly one parameter, the SimulatedWorld; {Shape}";
        }

        if (!Is<Task>(method.ReturnType) && !Is<ValueTask>(method.ReturnType))
        {
            return $"[Simulation] method '{method.Name}' must return a Task (or ValueTask), so that it can be awaited; {Shape}";
        }

        int seeds = attribute.GetNamedArgument<int>(nameof(SimulationAttribute.Seeds));
        if (seeds < 1)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"[Simulation] on '{method.Name}' has Seeds = {seeds}; set at least 1."
            );
        }

        ulong first = attribute.GetNamedArgument<ulong>(nameof(SimulationAttribute.FirstSeed));
        if ((ulong)seeds - 1 > ulong.MaxValue - first)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"[Simulation] on '{method.Name}' has {seeds} seeds from {first} on, but the last seed is {ulong.MaxValue}; lower FirstSeed or Seeds."
            );
        }

        try
        {
            SimulationFaults.Of(attribute);
            return null;
        }
        catch (FormatException error)
        {
            return $"[Simulation] on '{method.Name}' {error.Message}";
        }
    }

    /// <summary>By name: a discoverer may see source code instead of loaded types.</summary>
    private static bool Is<T>(ITypeInfo type) => string.Equals(type.Name, typeof(T).FullName, StringComparison.Ordinal);
}
