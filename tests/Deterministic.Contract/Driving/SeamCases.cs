using System.Buffers;
using System.Net;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Contract;

/// <summary>
/// A driver's transports by themselves, without the streams on top. That each result is legal, comes once and never on a caller's stack is watched in these cases as
/// in all others.
/// </summary>
internal static class SeamCases
{
    private const int PieceBytes = 10_000;

    public static IEnumerable<ContractCase> All =>
        [
            new(
                "seam/partial-sends",
                "bytes taken in part are counted, and the rest waits for room",
                PartialSendsAsync
            ),
            new("seam/segments", "one send of many segments takes them in order, in part or whole", SegmentsAsync),
            new(
                "seam/abort-ends-pending",
                "an abort ends the pending receive and the pending send",
                AbortEndsPendingAsync
            ),
            new("seam/close-ends-pending", "a close ends the pending receive", CloseEndsPendingAsync),
            new("seam/late-calls", "an operation that comes just after a close ends as one cut short", LateCallsAsync),
            new("seam/facts", "facts are told at any time, also after the close", FactsAsync),
            new(
                "seam/schedule",
                "what is scheduled runs once, in order of its own, and on no caller's stack",
                ScheduleAsync
            ),
        ];

    private static async Task PartialSendsAsync(ContractWorld world)
    {
        using RawPair pair = await RawPair.ConnectAsync(world);
        Transport client = pair.Client.Transport;
        byte[] piece = new byte[PieceBytes];
        long sent = 0;
        int taken;
        do
        {
            Pattern.Fill(piece, sent);
            TransportResult result = client.TrySend(piece);
            Check.Same(TransportStatus.Completed, result.Status, "how a send that is tried ends");
            taken = result.Count;
            sent += taken;
            Check.That(sent <= world.NetworkHoldsBytes, $"the network holds at most {world.NetworkHoldsBytes} bytes");
        } while (taken > 0);

        Pattern.Fill(piece, sent);
        Task<TransportResult> waiting = pair.Client.SendAsync(new ReadOnlySequence<byte>(piece));
        Task<long> reading = ReceiveAsync(pair.Server);
        sent += Taken(await waiting);
        await pair.Client.ShutdownWriteAsync();
        Check.Same(TransportStatus.Completed, (await pair.Client.CloseAsync()).Status, "how the close ends");
        Check.Same(sent, await reading, "the bytes that arrived");
    }

    private static async Task SegmentsAsync(ContractWorld world)
    {
        using RawPair pair = await RawPair.ConnectAsync(world);
        byte[] bytes = new byte[world.TransferBytes / 4];
        Pattern.Fill(bytes, 0);
        Task<long> reading = ReceiveAsync(pair.Server);
        // Odd sizes, a byte alone among them.
        ReadOnlySequence<byte> left = Cut(bytes, [1, 3_001, 17, 40_009]);
        while (!left.IsEmpty)
        {
            left = left.Slice(Taken(await pair.Client.SendAsync(left)));
        }

        await pair.Client.CloseAsync();
        Check.Same(bytes.Length, await reading, "the bytes that arrived");
    }

    private static async Task AbortEndsPendingAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        using RawPair pair = await RawPair.ConnectAsync(world);
        byte[] piece = new byte[PieceBytes];
        Task<TransportResult> receive = pair.Client.ReceiveAsync(new byte[100]);
        Task<TransportResult> send;
        do
        {
            send = pair.Client.SendAsync(new ReadOnlySequence<byte>(piece));
            await pulse.BeatAsync();
        } while (send.IsCompleted);

        Check.That(!receive.IsCompleted, "a receive without data waits");
        pair.Client.Transport.Abort();
        CutShort(await receive, "the pending receive");
        CutShort(await send, "the pending send");
        await pulse.UntilCalmAsync(() => 0, unless: ProgressProbe.Never);
    }

    private static async Task CloseEndsPendingAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        using RawPair pair = await RawPair.ConnectAsync(world);
        Task<TransportResult> receive = pair.Client.ReceiveAsync(new byte[100]);
        await pulse.UntilCalmAsync(() => 0, unless: receive);
        Check.That(!receive.IsCompleted, "a receive without data waits");
        Check.Same(TransportStatus.Completed, (await pair.Client.CloseAsync()).Status, "how the close ends");
        CutShort(await receive, "the pending receive");
        await pulse.UntilCalmAsync(() => 0, unless: ProgressProbe.Never);
    }

    private static async Task LateCallsAsync(ContractWorld world)
    {
        foreach (bool abort in new[] { false, true })
        {
            using RawPair pair = await RawPair.ConnectAsync(world);
            if (abort)
            {
                pair.Client.Transport.Abort();
            }
            else
            {
                await pair.Client.CloseAsync();
            }

            CutShort(await pair.Client.ReceiveAsync(new byte[100]), "a receive after the close");
            CutShort(pair.Client.Transport.TrySend(new byte[100]), "a send that is tried after the close");
            CutShort(await pair.Client.SendAsync(new ReadOnlySequence<byte>(new byte[100])), "a send after the close");
        }
    }

    private static async Task FactsAsync(ContractWorld world)
    {
        using RawPair pair = await RawPair.ConnectAsync(world);
        Transport client = pair.Client.Transport;
        EndPoint? local = client.LocalEndPoint;
        EndPoint? remote = client.RemoteEndPoint;
        Check.Same(null, client.GetExtraInfo("no such fact"), "a fact that nobody knows");
        await pair.Client.CloseAsync();
        Check.Same(local, client.LocalEndPoint, "the own address after the close");
        Check.Same(remote, client.RemoteEndPoint, "the peer's address after the close");
        Check.Same(null, client.GetExtraInfo("no such fact"), "a fact that nobody knows, after the close");
        client.GetExtraInfo("socket");
        Check.That(client.SmallestReceive >= 0, "no receive is smaller than nothing");
    }

    private static async Task ScheduleAsync(ContractWorld world)
    {
        const int count = 100;
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        using RawPair pair = await RawPair.ConnectAsync(world);
        int[] runs = new int[count];
        for (int number = 0; number < count; number++)
        {
            int mine = number;
            pair.Client.Transport.Schedule(_ => Interlocked.Increment(ref runs[mine]), null);
        }

        await pulse.UntilAsync(() => runs.All(times => times > 0));
        await pulse.UntilCalmAsync(() => runs.Sum(), unless: ProgressProbe.Never);
        Check.Same(count, runs.Sum(), "how often so many callbacks ran");
    }

    /// <summary>Receives to the end.</summary>
    private static async Task<long> ReceiveAsync(RawEnd end)
    {
        byte[] buffer = new byte[PieceBytes];
        long place = 0;
        while (await end.ReceiveAsync(buffer) is { Status: TransportStatus.Completed } result)
        {
            Pattern.Verify(buffer.AsSpan(0, result.Count), place);
            place += result.Count;
        }

        return place;
    }

    private static int Taken(in TransportResult result)
    {
        Check.Same(TransportStatus.Completed, result.Status, "how a send ends");
        return result.Count;
    }

    private static void CutShort(in TransportResult result, string what) =>
        Check.That(
            result.Status is TransportStatus.Failed or TransportStatus.EndOfFile,
            $"{what} ends without bytes (it is {result.Status} with {result.Count})"
        );

    private static ReadOnlySequence<byte> Cut(ReadOnlyMemory<byte> bytes, int[] lengths)
    {
        Segments all = new();
        for (int number = 0; !bytes.IsEmpty; number++)
        {
            int length = Math.Min(lengths[number % lengths.Length], bytes.Length);
            all.Add(bytes[..length]);
            bytes = bytes[length..];
        }

        return all.ToSequence();
    }
}
