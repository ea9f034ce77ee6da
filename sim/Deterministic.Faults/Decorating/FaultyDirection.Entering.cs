using Deterministic.Faults.Engine;

namespace Deterministic.Faults.Decorating;

/// <content>What faults do to what is sent.</content>
internal sealed partial class FaultyDirection
{
    /// <summary>The segment that waits for more, or null.</summary>
    private InFlightItem? _gathering;

    private static int MostSegmentBytes => TcpDefaults.MaxSegmentBytes;

    /// <summary>Bytes are sent.</summary>
    /// <returns>How many are taken: 0 if there is no room.</returns>
    public int Enter(ReadOnlySpan<byte> data)
    {
        int count = Math.Min(data.Length, Room);
        if (count == 0)
        {
            return 0;
        }

        if (!isStruck)
        {
            Append(data[..count], faults.Now, count);
        }
        else
        {
            lock (faults.Gate)
            {
                count = ends.IsOutgoing ? _faults.Write(data, count, this) : _faults.Forward(data[..count], this);
            }
        }

        Carried += count;
        return count;
    }

    void IStreamSink.Send(ReadOnlySpan<byte> written, ReadOnlySpan<byte> sent, string cut)
    {
        StrikeCoalescing(written.Length);
        EnterSegments(sent);
    }

    void IStreamSink.EndBehind(FaultKind kind)
    {
        ReleaseGathered();
        EnterBehind(InFlightItemKind.Fault, kind);
    }

    /// <summary>The stream ends, or the connection behind it.</summary>
    public void EnterEnd()
    {
        TimeSpan due = faults.Now;
        if (isStruck)
        {
            lock (faults.Gate)
            {
                due += Travel(Site(Carried, 0), ends: true);
            }
        }

        ReleaseGathered();
        Enqueue(new InFlightItem(InFlightItemKind.End, due));
    }

    /// <summary>As in a kernel what is sent goes in segments, each of which travels by itself.</summary>
    private void EnterSegments(ReadOnlySpan<byte> data)
    {
        long before = Carried;
        while (!data.IsEmpty)
        {
            int count = Math.Min(data.Length, MostSegmentBytes);
            if (_gathering is { } gathering)
            {
                count = Math.Min(count, MostSegmentBytes - gathering.Length);
                gathering.Append(data[..count], MostSegmentBytes);
                _held += count;
                if (gathering.Length == MostSegmentBytes)
                {
                    ReleaseGathered();
                }
            }
            else
            {
                count = SplitFaults.Slice(faults.Injector, Site(before, count));
                Append(data[..count], faults.Now + Travel(Site(before, count), ends: false), count);
            }

            before += count;
            data = data[count..];
        }
    }

    private void Append(ReadOnlySpan<byte> segment, TimeSpan due, int capacity)
    {
        InFlightItem item = new(InFlightItemKind.Data, due);
        item.Append(segment, capacity);
        Enqueue(item);
    }

    /// <summary>A segment that is not full may have to wait for more.</summary>
    private void StrikeCoalescing(int count)
    {
        if (_gathering is not null || count >= MostSegmentBytes)
        {
            return;
        }

        TimeSpan time = faults.Injector.StrikeForTime(FaultKind.Coalescing, Site(Carried, 0));
        if (time > TimeSpan.Zero)
        {
            TimeSpan travel = Travel(Site(Carried, count), ends: false);
            _gathering = new InFlightItem(InFlightItemKind.Data, faults.Now + (travel > time ? travel : time))
            {
                DueAlone = faults.Now + travel,
            };
            Enqueue(_gathering);
        }
    }

    /// <summary>It is full, or nothing more comes: it has no more to wait for.</summary>
    private void ReleaseGathered()
    {
        if (_gathering is { } gathering)
        {
            gathering.Due = gathering.DueAlone;
            _gathering = null;
        }
    }

    /// <summary>How long something is under way.</summary>
    private TimeSpan Travel(in InjectionPoint site, bool ends)
    {
        TimeSpan time = DelayFaults.Latency(faults.Injector, site, faults.Latency);
        if (DelayFaults.Queue(faults.Injector, site.From, site.To) is { } line)
        {
            time += line.Enter(site.Count + TcpDefaults.HeaderBytes, faults.Now);
        }

        return time + DelayFaults.HoldUp(faults.Injector, site, ends);
    }

    private InjectionPoint Site(long before, int count) => _faults.Site(before, count);
}
