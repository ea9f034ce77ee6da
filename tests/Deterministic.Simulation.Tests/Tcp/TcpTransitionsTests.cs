using Deterministic.Simulation.Tcp;
using Shouldly;

namespace Deterministic.Simulation.Tests;

/// <summary>The diagram of RFC 9293, figure 5, edge by edge.</summary>
public sealed class TcpTransitionsTests
{
    public static TheoryData<string, string, string> Edges =>
        new()
        {
            { "SynSent", "Established", "Established" },
            { "SynSent", "Shutdown", "Closed" },
            { "SynReceived", "Established", "Established" },
            { "SynReceived", "FinReceived", "CloseWait" },
            { "Established", "Shutdown", "FinWait1" },
            { "Established", "FinReceived", "CloseWait" },
            { "FinWait1", "FinAcknowledged", "FinWait2" },
            { "FinWait1", "FinReceived", "Closing" },
            { "FinWait2", "FinReceived", "TimeWait" },
            { "Closing", "FinAcknowledged", "TimeWait" },
            { "CloseWait", "Shutdown", "LastAck" },
            { "LastAck", "FinAcknowledged", "Closed" },
        };

    [Theory]
    [MemberData(nameof(Edges))]
    public void Each_edge_of_the_diagram_leads_where_it_says(string from, string input, string to) =>
        TcpTransitions.After(State(from), Input(input)).ShouldBe(State(to));

    [Fact]
    public void An_end_closes_whatever_the_state()
    {
        foreach (TcpState state in Enum.GetValues<TcpState>())
        {
            TcpTransitions.After(state, TcpInput.Ended).ShouldBe(TcpState.Closed);
        }
    }

    [Fact]
    public void All_other_inputs_change_nothing()
    {
        HashSet<(TcpState, TcpInput)> edges =
        [
            .. Edges.Select(edge => (State((string)edge[0]), Input((string)edge[1]))),
        ];
        foreach (TcpState state in Enum.GetValues<TcpState>())
        {
            foreach (TcpInput input in Enum.GetValues<TcpInput>())
            {
                if (input != TcpInput.Ended && !edges.Contains((state, input)))
                {
                    TcpTransitions.After(state, input).ShouldBe(state, $"{state} + {input}");
                }
            }
        }
    }

    private static TcpState State(string name) => Enum.Parse<TcpState>(name);

    private static TcpInput Input(string name) => Enum.Parse<TcpInput>(name);
}
