using Deterministic.Faults;
using Deterministic.Faults.Engine;

namespace Deterministic.Simulation.Tcp;

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

        int room = Math.Min(data.Length, endpoint.Room);
        int count = Shorten(FaultKind.ShortWrite, room);
        if (count == 0)
        {
            return 0;
        }

        string cut = count < room ? CutTexts.ByShortWrite : "";
        count = world.Injector.BytesBeforeNext(Site(count));
        InjectionPoint site = Site(count);
        endpoint.Flow.Witness.Written(endpoint.Flow.IsServer, data[..count]);
        _sent += count;
        Write(data[..count], site, cut);
        End(site);
        return count;
    }

    /// <summary>How much of what there is a program is given, or takes.</summary>
    public int Shorten(FaultKind kind, int count) => SplitFaults.Shorten(world.Injector, kind, Site(count));

    /// <summary>Hands TCP the bytes as faults of integrity leave them. If they are damaged, what the peer reads is not held against what was written.</summary>
    private void Write(ReadOnlySpan<byte> data, in InjectionPoint site, string cut)
    {
        data = IntegrityFaults.Damage(world.Injector, data, site, out bool isDamaged);
        if (isDamaged)
        {
            endpoint.Flow.Witness.StopChecking(endpoint.Flow.IsServer);
        }

        endpoint.Write(data, cut);
    }

    /// <summary>Faults that strike right behind what was sent.</summary>
    private void End(in InjectionPoint site)
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

    private InjectionPoint Site(int count) =>
        new(endpoint.Host.Name, endpoint.Flow.Peer.Name, endpoint.Flow.Id, _sent, count);
}
