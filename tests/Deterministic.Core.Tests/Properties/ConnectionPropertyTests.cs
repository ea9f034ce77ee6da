using FsCheck.Fluent;

namespace Deterministic.Core.Tests;

public class ConnectionPropertyTests
{
    [Fact]
    public void Bytes_out_are_bytes_in_and_operations_come_one_at_a_time() =>
        Check.That(ConnectionScript.All, script => ConnectionRun.Of(script), ConnectionScript.Shrink, tests: 3000);

    [Fact]
    public void However_it_lived_a_connection_can_be_closed_and_loses_only_what_was_aborted() =>
        Check.That(
            ConnectionScript.All,
            script =>
            {
                ConnectionRun run = ConnectionRun.Of(script);
                run.Settle();
                run.VerifyGone();
            },
            ConnectionScript.Shrink,
            tests: 3000
        );

    [Fact]
    public void A_closed_connection_holds_no_memory_once_it_is_read_out() =>
        Check.That(
            ConnectionScript.All,
            script =>
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
            },
            ConnectionScript.Shrink
        );

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
