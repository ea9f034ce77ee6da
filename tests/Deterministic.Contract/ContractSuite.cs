using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Contract;

/// <summary>The whole contract. To hold a driver to it, run every case that applies, each in a <see cref="ContractWorld"/> of its own.</summary>
/// <remarks>
/// With xunit that is one class; without, a loop over <see cref="Cases"/>.
/// <code>
/// public sealed class MyDriverContract
/// {
///     private const ContractCapabilities Capabilities = ContractCapabilities.HalfClose | ContractCapabilities.RealReset;
///
///     public static IEnumerable&lt;object[]&gt; Applicable => ContractSuite.RowsFor(Capabilities);
///     public static IEnumerable&lt;object[]&gt; NotApplicable => ContractSuite.OtherRowsFor(Capabilities);
///
///     [Theory]
///     [MemberData(nameof(Applicable))]
///     [MemberData(nameof(NotApplicable), Skip = "Not applicable: this world lacks what the row names.")]
///     public Task Keeps(string name) => ContractSuite.Find(name).RunAsync(NewWorld());
///
///     private static ContractWorld NewWorld()
///     {
///         INetwork network = new MyNetwork();
///         return new ContractWorld
///         {
///             Server = network,
///             Client = network,
///             NewAddress = () => new IPEndPoint(IPAddress.Loopback, 0),
///             Capabilities = Capabilities,
///             Random = new Random(1),
///         };
///     }
/// }
/// </code>
/// In every case a watch stands between the streams and the driver and holds each call to the rules that <see cref="Transport"/>, <see cref="TransportListener"/> and
/// <see cref="ITransportHandler"/> state: legal results, one report for each pending operation, also after a close, none on a caller's stack, nothing thrown, no memory used after
/// it was given back. A broken rule comes first in the message of the violation.
/// </remarks>
public static class ContractSuite
{
    /// <summary>Every case, subject by subject.</summary>
    public static IReadOnlyList<ContractCase> Cases { get; } =
    [
        .. ConnectingCases.All,
        .. NamingCases.All,
        .. ServingCases.All,
        .. ClientsCases.All,
        .. SeamCases.All,
        .. EchoingCases.All,
        .. ReadingCases.All,
        .. WritingCases.All,
        .. FlowControlCases.All,
        .. HalfClosingCases.All,
        .. ClosingCases.All,
        .. ResettingCases.All,
        .. GivingUpCases.All,
        .. CancellingCases.All,
        .. TimingOutCases.All,
    ];

    /// <summary>The case of that name.</summary>
    /// <param name="name">As in <see cref="ContractCase.Name"/>.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static ContractCase Find(string name) =>
        Cases.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.Ordinal))
        ?? throw new ArgumentException($"The contract has no case '{name}'.", nameof(name));

    /// <summary>The names of the cases that apply, as rows for a theory.</summary>
    /// <param name="capabilities">What the world can do.</param>
    public static IEnumerable<object[]> RowsFor(ContractCapabilities capabilities) =>
        from one in Cases
        where one.AppliesTo(capabilities)
        select new object[] { one.Name };

    /// <summary>The cases that do not apply, each with what the world lacks, as rows for a theory that skips them: listed, and never taken for passed.</summary>
    /// <param name="capabilities">What the world can do.</param>
    public static IEnumerable<object[]> OtherRowsFor(ContractCapabilities capabilities) =>
        from one in Cases
        where !one.AppliesTo(capabilities)
        select new object[] { $"{one.Name} (needs {one.Needs & ~capabilities})" };
}
