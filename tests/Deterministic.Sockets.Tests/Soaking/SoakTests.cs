using Deterministic.Soak;
using Deterministic.Soak.Running;

namespace Deterministic.Sockets.Tests;

/// <summary>The short form of the soak; <c>tests/Deterministic.Soak</c> has the long one.</summary>
[Collection(Alone.Name)]
public sealed class SoakTests : GuardedTest
{
    [Theory]
    [InlineData(TransportKind.Tcp, 200, 5)]
    [InlineData(TransportKind.Unix, 100, 1)]
    [InlineData(TransportKind.Tls, 100, 2)]
    public async Task After_a_soak_every_byte_is_accounted_for_and_everything_is_given_back(
        TransportKind road,
        int connections,
        int seconds
    )
    {
        SoakOptions options = new()
        {
            Road = road,
            Connections = connections,
            Duration = TimeSpan.FromSeconds(seconds),
        };
        SoakReport report = await SoakRun.RunAsync(options, Guard);
        report.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_soak_that_needs_more_descriptors_than_there_may_be_says_what_to_do()
    {
        if (!File.Exists("/proc/self/limits"))
        {
            return;
        }

        SoakOptions options = new() { Connections = 100_000_000 };
        SoakRefusedException refusal = await SoakRun.RunAsync(options, Guard).ShouldThrowAsync<SoakRefusedException>();
        refusal.Message.ShouldContain("ulimit -n");
        refusal.Message.ShouldContain("--connections");
    }
}
