namespace Deterministic.Faults.Engine;

/// <summary>
/// The faults of one direction of a connection, decided where a program writes: how much of the write is taken, what becomes of the bytes, and what strikes right behind them. It
/// does no input or output: a driver (simulated TCP, a simulated Unix socket, <see cref="FaultyNetwork"/>) carries the decisions out, through <see cref="IStreamSink"/>.
/// </summary>
/// <remarks>
/// <para>
/// The map of this folder. <see cref="FaultInjector"/> answers at each opportunity (<see cref="InjectionPoint"/>) whether a rule strikes; this class asks it in the one order that counts
/// for a write. From then on what an ended, reset, silently dropped or forgotten half does is in two tables, <see cref="OutgoingTransitions"/> for what the program sends and
/// <see cref="IncomingTransitions"/> for what it receives; their actions are the driver's. What delays a segment is in <see cref="DelayFaults"/>, what cuts it in
/// <see cref="SplitFaults"/>, what changes its bytes in <see cref="IntegrityFaults"/>, what ends the stream behind them in <see cref="EndingFaults"/>, what
/// happens to an attempt to connect in <see cref="ConnectFaults"/>.
/// </para>
/// <para>Not thread-safe.</para>
/// </remarks>
/// <param name="injector">The rules at work.</param>
/// <param name="names">The two hosts.</param>
/// <param name="connection">The number of the connection.</param>
internal sealed class StreamFaults(FaultInjector injector, IFlowNames names, long connection)
{
    /// <summary>How many bytes the program was told are sent.</summary>
    public long Sent { get; private set; }

    /// <summary>The program writes.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="room">How many the driver has room for.</param>
    /// <param name="sink">Gets what is sent, and what ends the stream behind it.</param>
    /// <returns>How many bytes are taken; 0 if there is no room.</returns>
    public int Write(ReadOnlySpan<byte> data, int room, IStreamSink sink)
    {
        room = Math.Min(data.Length, room);
        int count = Take(room);
        return Send(data[..count], count < room ? CutTexts.ByShortWrite : "", sink);
    }

    /// <summary>How many bytes of a write the network takes at once.</summary>
    /// <param name="room">How many it has room for, and there are.</param>
    public int Take(int room) => SplitFaults.Shorten(injector, FaultKind.ShortWrite, Site(Sent, room));

    /// <summary>Bytes that were written elsewhere pass: as <see cref="Write"/>, but no write is cut short.</summary>
    /// <param name="data">The bytes; the driver has room for them.</param>
    /// <param name="sink">As above.</param>
    /// <returns>How many bytes are taken.</returns>
    public int Forward(ReadOnlySpan<byte> data, IStreamSink sink) => Send(data, cut: "", sink);

    /// <summary>How much of what has arrived a program is given at once.</summary>
    public int Shorten(int count) => SplitFaults.Shorten(injector, FaultKind.ShortRead, Site(Sent, count));

    /// <summary>An opportunity for a fault in this direction.</summary>
    /// <param name="before">The bytes that went before.</param>
    /// <param name="count">The bytes that it is about.</param>
    public InjectionPoint Site(long before, int count) => new(names.From, names.To, connection, before, count);

    private int Send(ReadOnlySpan<byte> data, string cut, IStreamSink sink)
    {
        if (data.IsEmpty)
        {
            return 0;
        }

        int count = injector.BytesBeforeNext(Site(Sent, data.Length));
        InjectionPoint site = Site(Sent, count);
        ReadOnlySpan<byte> written = data[..count];
        ReadOnlySpan<byte> sent = IntegrityFaults.Damage(injector, written, site);
        sink.Send(written, sent, cut);
        Sent += count;
        foreach (FaultKind kind in EndingFaults.All)
        {
            if (injector.StrikeAndNote(kind, site) is not null)
            {
                sink.EndBehind(kind);
                break;
            }
        }

        return count;
    }
}
