namespace Deterministic.Kernel.Tests;

/// <summary>A theory of what the kernel of this machine does; skipped, with the reason, where it is another kernel or may not be asked.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    /// <param name="privileged">Whether it takes an administrator of the network.</param>
    public LinuxTheoryAttribute(bool privileged)
    {
        IsPrivileged = privileged;
        Skip = LinuxMachine.WhyNot(privileged);
    }

    public bool IsPrivileged { get; }
}
