using Deterministic.Faults.Text;

namespace Deterministic.Faults;

/// <content>Reads its text.</content>
public sealed partial record FaultRule
{
    /// <summary>A rule that is being read, setting by setting. Amounts come last, whatever their order in the text: they are one setting of a rule.</summary>
    private sealed class Reader(FaultDescriptor fault)
    {
        private const string Known =
            "on, p, nth, after-bytes, at, every, scale, from, until, at-most, for, amount, spread, latency";

        /// <summary>The key that says to what the mean of <c>every</c> is scaled.</summary>
        public const string Scale = "scale";

        /// <summary>Its one value.</summary>
        public const string ToRun = "run";

        private FaultRule _rule = new(fault.Kind);
        private readonly HashSet<string> _read = new(StringComparer.Ordinal);
        private bool _scaled;
        private TimeSpan _begin;
        private TimeSpan _end = TimeSpan.MaxValue;
        private long? _amount;
        private long _spread = fault.UsualSpread;

        /// <exception cref="FormatException">The setting is not known, its value is none, or the fault does not take it.</exception>
        public void Read(string word)
        {
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            string key = equals < 0 ? word : word[..equals];
            string value = equals < 0 ? "" : word[(equals + 1)..];
            try
            {
                if (!_read.Add(key))
                {
                    throw new FormatException($"'{key}' is given twice.");
                }

                Read(key, value);
            }
            catch (Exception error) when (error is ArgumentException or InvalidOperationException or FormatException)
            {
                throw new FormatException($"In the fault '{fault.Name}', at '{word}': {Reason(error)}", error);
            }
        }

        public FaultRule Build()
        {
            try
            {
                FaultRule rule =
                    _begin == TimeSpan.Zero && _end == TimeSpan.MaxValue ? _rule : _rule.During(_begin, _end);
                rule = _scaled ? rule.ScaledToRun() : rule;
                rule = _amount is { } amount ? rule.Of(amount, _spread) : rule;
                fault.CheckComplete(rule, _read);
                return rule;
            }
            catch (Exception error) when (error is ArgumentException or InvalidOperationException)
            {
                throw new FormatException($"In the fault '{fault.Name}': {Reason(error)}", error);
            }
        }

        /// <summary>One line, without the name of a parameter, which means nothing in a text.</summary>
        private static string Reason(Exception error) =>
            error.Message.Split(" (Parameter ", 2)[0].ReplaceLineEndings(" ");

        private void Read(string key, string value)
        {
            if (FaultTrigger.Parse(key, value) is { } trigger)
            {
                if (_rule.Trigger.Kind != FaultTriggerKind.Always)
                {
                    throw new FormatException("a fault has one trigger: p, nth, after-bytes, at or every.");
                }

                _rule = _rule.When(trigger);
                return;
            }

            switch (key)
            {
                case Scale:
                    _scaled = string.Equals(value, ToRun, StringComparison.Ordinal)
                        ? true
                        : throw new FormatException($"a rate is scaled to the length of the run: {Scale}={ToRun}.");
                    break;
                case "on":
                    ReadScope(value);
                    break;
                case "from":
                    _begin = DurationText.Parse(value);
                    break;
                case "until":
                    _end = DurationText.Parse(value);
                    break;
                case "at-most":
                    _rule = _rule.AtMost((int)Math.Min(int.MaxValue, FaultTrigger.Number(value)));
                    break;
                case "for":
                    ReadTime(value);
                    break;
                case "amount":
                    _amount = FaultTrigger.Number(value);
                    break;
                case "spread":
                    fault.Check(FaultSetting.Spread);
                    _spread = FaultTrigger.Number(value);
                    break;
                case "latency":
                    _rule = _rule.Of(LatencyDistribution.Parse(value));
                    break;
                default:
                    throw new FormatException(
                        $"There is no setting '{key}'.{KnownNames.DidYouMean(key, Known.Split(", "))} There are: {Known}."
                    );
            }
        }

        private void ReadTime(string value)
        {
            string[] ends = value.Split("..", 2);
            _rule = _rule.For(DurationText.Parse(ends[0]), DurationText.Parse(ends[^1]));
        }

        private void ReadScope(string value)
        {
            if (value.Length == 0)
            {
                throw new FormatException("say which host, FROM>TO, or ONE<>OTHER; * stands for any.");
            }

            bool bothWays = value.Contains("<>", StringComparison.Ordinal);
            string[] ends = value.Split(bothWays ? "<>" : ">", 2);
            string? from = ends.Length == 2 ? Host(ends[0]) : null;
            _rule = _rule.Within(new FaultScope(from, Host(ends[^1]), bothWays));
        }

        private static string? Host(string name) => name is "*" ? null : name;
    }
}
