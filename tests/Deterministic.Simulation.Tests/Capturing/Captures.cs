using Deterministic.Faults;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>Runs as <see cref="Talk"/> has them, captured.</summary>
internal static class Captures
{
    public static PcapngFile Between(
        Func<SimulatedWorld, Connection, Connection, Task> program,
        FaultProfile? faults = null,
        ulong seed = 1
    )
    {
        using MemoryStream stream = new();
        Talk.Between(program, faults, seed, new PacketCapture(stream));
        return PcapngFile.Read(stream);
    }

    public static PcapngFile Alone(Func<SimulatedWorld, Task> program)
    {
        using MemoryStream stream = new();
        Talk.Alone(world =>
        {
            world.Capture = new PacketCapture(stream);
            return program(world);
        });
        return PcapngFile.Read(stream);
    }
}
