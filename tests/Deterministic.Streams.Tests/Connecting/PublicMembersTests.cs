using System.Reflection;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Tests;

/// <summary>What a program can, and cannot, do with the two halves.</summary>
public class PublicMembersTests
{
    [Clause("R-CTOR-04")]
    [Fact]
    public void A_reader_is_read_and_looked_at_and_neither_made_nor_fed()
    {
        typeof(AsyncStreamReader).GetConstructors().ShouldBeEmpty();
        NamesOf(typeof(AsyncStreamReader))
            .ShouldBe([
                "AtEof",
                "BorrowAsync",
                "BorrowExactlyAsync",
                "BorrowLineAsync",
                "BorrowLinesAsync",
                "BorrowToEndAsync",
                "BorrowUntilAsync",
                "Buffered",
                "Exception",
                "GetAsyncEnumerator",
                "Limit",
                "PeekBuffered",
                "ReadAsync",
                "ReadExactlyAsync",
                "ReadLineAsync",
                "ReadToEndAsync",
                "ReadUntilAsync",
                "SkipLineAsync",
                "SkipUntilAsync",
                "TakeBuffered",
            ]);
    }

    [Clause("W-INFO-04")]
    [Fact]
    public void The_connection_is_disposed_of_and_neither_half_is()
    {
        IsDisposable(typeof(Connection)).ShouldBeTrue();
        IsDisposable(typeof(AsyncStreamReader)).ShouldBeFalse();
        IsDisposable(typeof(AsyncStreamWriter)).ShouldBeFalse();
    }

    [Clause("W-INFO-04")]
    [Theory]
    [InlineData(typeof(AsyncStreamWriter))]
    [InlineData(typeof(AsyncStreamReader))]
    [InlineData(typeof(Connection))]
    public void The_transport_is_the_drivers_and_cannot_be_had(Type type) =>
        type.GetProperties().Select(property => property.PropertyType).ShouldNotContain(typeof(Transport));

    private static bool IsDisposable(Type type) =>
        typeof(IDisposable).IsAssignableFrom(type) || typeof(IAsyncDisposable).IsAssignableFrom(type);

    private static IEnumerable<string> NamesOf(Type type) =>
        type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(member => member is not MethodBase { IsSpecialName: true })
            .Select(member => member.Name)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
}
