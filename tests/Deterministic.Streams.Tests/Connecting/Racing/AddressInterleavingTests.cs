using System.Net;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Racing;

namespace Deterministic.Streams.Tests;

/// <summary>Clause C-OPEN-08. Letters are IPv4 addresses, digits are IPv6 addresses.</summary>
public sealed class AddressInterleavingTests
{
    [Clause("C-OPEN-08")]
    [Theory]
    [InlineData("abc12", null, false, "abc12")] // Without a delay the order is the resolver's,
    [InlineData("abc12", null, true, "a1b2c")] // with one the families alternate,
    [InlineData("abc12", 0, true, "abc12")] // unless told otherwise.
    [InlineData("abc12", 1, false, "a1b2c")] // Without a delay it works too.
    [InlineData("abc12", 2, false, "ab1c2")]
    [InlineData("abc12", 3, false, "abc12")]
    [InlineData("abc12", 99, false, "abc12")]
    [InlineData("12abc", 1, false, "1a2bc")] // The family of the first address is the first.
    [InlineData("1a2b3", 2, false, "12a3b")]
    [InlineData("abc", 1, false, "abc")]
    [InlineData("a", 1, true, "a")]
    [InlineData("", 1, false, "")]
    public void Families_take_turns_after_the_first_few(string addresses, int? interleave, bool delay, string expected)
    {
        ClientOptions options = new()
        {
            Interleave = interleave,
            HappyEyeballsDelay = delay ? TimeSpan.FromMilliseconds(250) : null,
        };
        IReadOnlyList<IPEndPoint> ordered = HappyEyeballs.Order([.. addresses.Select(ToAddress)], options);
        string.Concat(ordered.Select(ToLetter)).ShouldBe(expected);
    }

    [Clause("C-OPEN-08")]
    [Fact]
    public void However_they_are_interleaved_none_is_lost_and_each_family_keeps_its_order()
    {
        const int Rounds = 1_000;
        Random random = new(1);
        for (int i = 0; i < Rounds; i++)
        {
            string letters = new([.. "abcde12345".OrderBy(_ => random.Next()).Take(random.Next(1, 11))]);
            int count = random.Next(1, 7);
            string ordered = string.Concat(
                AddressInterleaving.Interleave([.. letters.Select(ToAddress)], count).Select(ToLetter)
            );
            Only(ordered, char.IsLetter).ShouldBe(Only(letters, char.IsLetter), letters);
            Only(ordered, char.IsDigit).ShouldBe(Only(letters, char.IsDigit), letters);
            ordered.Length.ShouldBe(letters.Length, letters);
            bool isFirst(char letter) => char.IsLetter(letter) == char.IsLetter(letters[0]);
            int ahead = ordered.TakeWhile(isFirst).Count();
            ahead.ShouldBe(letters.All(isFirst) ? letters.Length : Math.Min(count, letters.Count(isFirst)), letters);
        }
    }

    private static string Only(string letters, Func<char, bool> wanted) => string.Concat(letters.Where(wanted));

    private static IPEndPoint ToAddress(char letter) =>
        new(char.IsDigit(letter) ? IPAddress.IPv6Loopback : IPAddress.Loopback, letter);

    private static char ToLetter(IPEndPoint address) => (char)address.Port;
}
