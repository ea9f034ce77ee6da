namespace Deterministic.Contract;

/// <summary>One thing that every driver must do.</summary>
public sealed class ContractCase
{
    private readonly Func<ContractWorld, Task> _body;

    internal ContractCase(
        string name,
        string claim,
        Func<ContractWorld, Task> body,
        ContractCapabilities needs = ContractCapabilities.None
    )
    {
        Name = name;
        Claim = claim;
        Needs = needs;
        _body = body;
    }

    /// <summary>Its subject and what of it, such as <c>reset/in-pending-read</c>.</summary>
    public string Name { get; }

    /// <summary>What must hold, in one sentence.</summary>
    public string Claim { get; }

    /// <summary>What a world must be able to do for this to apply.</summary>
    public ContractCapabilities Needs { get; }

    /// <summary>Whether a world with these capabilities can be held to it.</summary>
    /// <param name="capabilities">What the world can do.</param>
    public bool AppliesTo(ContractCapabilities capabilities) => (Needs & ~capabilities) == ContractCapabilities.None;

    /// <summary>Runs it. Awaits plainly throughout, so that it stays in the context of a simulation.</summary>
    /// <param name="world">Where: a world of its own, to which the case applies.</param>
    /// <exception cref="ContractViolationException">The driver does not keep the contract.</exception>
    /// <exception cref="ArgumentException">The case does not apply to that world: passing there would mean nothing.</exception>
    public async Task RunAsync(ContractWorld world)
    {
        ArgumentNullException.ThrowIfNull(world);
        if (!AppliesTo(world.Capabilities))
        {
            throw new ArgumentException(
                $"'{Name}' needs {Needs & ~world.Capabilities}, which this world has not.",
                nameof(world)
            );
        }

        Findings findings = new();
        try
        {
            await RunWatchedAsync(WatchedNetwork.Watch(world, findings), findings)
                .WaitAsync(world.Patience, world.Client.TimeProvider);
        }
        catch (TimeoutException error)
        {
            throw Violation(
                findings,
                $"'{Name}' has not ended after {world.Patience:c}: somebody waits for what does not come.{findings.Debts()}",
                error
            );
        }
        catch (ContractViolationException error)
        {
            throw Violation(findings, $"'{Name}' ({Claim}): {error.Message}", error);
        }
        catch (Exception error)
        {
            throw Violation(findings, $"'{Name}' ({Claim}): {error.GetType().Name}: {error.Message}", error);
        }

        if (findings.First is not null)
        {
            throw Violation(findings, $"'{Name}' came to its end all the same.", null);
        }
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private async Task RunWatchedAsync(ContractWorld world, Findings findings)
    {
        await _body(world);
        await findings.WhenPaidAsync();
    }

    /// <summary>What the driver did at the seam comes first: it is mostly the cause of the rest.</summary>
    private static ContractViolationException Violation(Findings findings, string message, Exception? error) =>
        new(findings.First is { } first ? $"{first} {message}" : message, error);
}
