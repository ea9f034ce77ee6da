using System.Buffers;

namespace Deterministic.Simulation;

/// <summary>What faults do to what a program sends and receives.</summary>
internal sealed class TransportFaults(SimulatedWorld world, TcpEndpoint endpoint)
{
    /// <summary>Bytes that the program was told are sent: more than were written where a truncation has struck.</summary>
    private long _sent;

    /// <summary>Sends as much as there is room for and faults let through.</summary>
    /// <returns>How many bytes that is, as the program is told.</returns>
    public int Send(ReadOnlySpan<byte> data)
    {
        if (endpoint.IsCutOff)
        {
            endpoint.MeetCut();
            return data.Length;
        }

        int count = Shorten(FaultKind.ShortWrite, Math.Min(data.Length, endpoint.Room));
        if (count == 0)
        {
            return 0;
        }

        FaultSite site = Site(count);
        count = world.Injector.BytesBeforeNext(site);
        site = Site(count);
        endpoint.Flow.Witness.Written(endpoint.Flow.IsServer, data[..count]);
        _sent += count;
        Write(data[..count], site);
        End(site);
        return count;
    }

    /// <summary>How much of what there is a program is given, or takes.</summary>
    public int Shorten(FaultKind kind, int count) =>
        count > 1 && world.Injector.Strike(kind, Site(count)) is not null
            ? world.Choices.Between(ChoiceKind.Split, 1, count)
            : count;

    /// <summary>Faults of integrity. What they make of the bytes is what is sent, and what TCP keeps in order.</summary>
    private void Write(ReadOnlySpan<byte> data, in FaultSite site)
    {
        if (world.Injector.StrikeAndNote(FaultKind.Truncation, site) is not null)
        {
            endpoint.Flow.Witness.LookAway(endpoint.Flow.IsServer);
            data = data[..(data.Length - 1 - world.Choices.Choose(ChoiceKind.Fault, data.Length))];
        }

        if (data.IsEmpty || world.Injector.StrikeAndNote(FaultKind.BitFlip, site) is null)
        {
            endpoint.Write(data);
            return;
        }

        endpoint.Flow.Witness.LookAway(endpoint.Flow.IsServer);
        byte[] flipped = ArrayPool<byte>.Shared.Rent(data.Length);
        data.CopyTo(flipped);
        int bit = world.Choices.Choose(ChoiceKind.Fault, Math.Min(data.Length, int.MaxValue / 8) * 8);
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        endpoint.Write(flipped.AsSpan(0, data.Length));
        ArrayPool<byte>.Shared.Return(flipped);
    }

    /// <summary>Faults that strike right behind what was sent.</summary>
    private void End(in FaultSite site)
    {
        if (world.Injector.StrikeAndNote(FaultKind.Reset, site) is not null)
        {
            endpoint.InjectReset();
        }
        else if (world.Injector.StrikeAndNote(FaultKind.FinEarly, site) is not null)
        {
            endpoint.InjectFinBothWays();
        }
        else if (world.Injector.StrikeAndNote(FaultKind.HalfClose, site) is not null)
        {
            endpoint.InjectFin();
        }
        else if (world.Injector.StrikeAndNote(FaultKind.SilentDrop, site) is not null)
        {
            endpoint.InjectDarkness();
        }
    }

    private FaultSite Site(int count) => new(endpoint.Host, endpoint.Flow.Peer, endpoint.Flow.Id, _sent, count);
}
