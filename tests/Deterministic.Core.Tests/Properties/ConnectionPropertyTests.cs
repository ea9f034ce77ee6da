using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Deterministic.Core.Tests;

public class ConnectionPropertyTests
{
    [Property(Arbitrary = [typeof(Arbitraries.ConnectionScripts)], MaxTest = 3000)]
    public void Bytes_out_are_bytes_in_and_operations_come_one_at_a_time(ConnectionScript script) =>
        ConnectionRun.Of(script);

    [Property(Arbitrary = [typeof(Arbitraries.ConnectionScripts)], MaxTest = 3000)]
    public void After_any_script_a_connection_can_be_closed_and_loses_only_what_was_aborted(ConnectionScript script)
    {
        ConnectionRun run = ConnectionRun.Of(script);
        run.Settle();
        run.VerifyGone();
    }

    [Property(Arbitrary = [typeof(Arbitraries.ConnectionScripts)])]
    public void A_closed_connection_holds_no_memory_once_everything_is_read(ConnectionScript script)
    {
        ConnectionRun run = ConnectionRun.Of(script);
        run.Settle();
        run.Machine.Reader.TakeBuffered();
        run.Machine.Reader.Release();
        if (!run.Dropped)
        {
            // What an abort drops is left to the garbage collector: the driver may still be sending it.
            run.Pool.Rented.ShouldBe(0);
        }

        run.Pool.VerifyUntouched();
    }

    [Fact]
    public void The_scripts_meet_every_state_and_end()
    {
        HashSet<string> met = [];
        foreach (ConnectionScript script in ConnectionScript.All.Sample(1000, size: 60))
        {
            ConnectionRun run = new(script);
            foreach (ConnectionStep step in script.Steps)
            {
                run.Step(step);
                met.Add($"{run.Machine.State}");
                met.Add($"writing {run.Machine.Writer.End}");
                met.Add($"receiving {run.Machine.Receiving}");
                met.Add($"drain {run.Machine.Drain()}");
                met.Add($"lost {run.Machine.LostError is not null}");
            }
        }

        // Closing and aborting pass at once into disconnecting and resetting, because this driver is quick.
        string[] states = ["Open", "Flushing", "Disconnecting", "Resetting", "Closed"];
        string[] ends =
        [
            "writing Open",
            "writing Queued",
            "writing Sending",
            "writing Sent",
            "receiving Idle",
            "receiving Receiving",
            "receiving Ended",
        ];
        string[] fates = ["drain Completed", "drain Pending", "drain Failed", "lost True"];
        met.ShouldBe([.. states, .. ends, .. fates, "lost False"], ignoreOrder: true);
    }
}
