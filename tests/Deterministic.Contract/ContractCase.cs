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

        try
        {
            await _body(world).WaitAsync(world.Patience, world.Client.TimeProvider);
        }
        catch (TimeoutException error)
        {
            throw new ContractViolationException(
                $"'{Name}' has not ended after {world.Patience:c}: somebody waits for what does not come.",
                error
            );
        }
        catch (Exception error) when (error is not ContractViolationException)
        {
            throw new ContractViolationException($"'{Name}' ({Claim}): {error.GetType().Name}: {error.Message}", error);
        }
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
