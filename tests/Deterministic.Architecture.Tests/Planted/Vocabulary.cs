// A type of the root that needs nothing, and one that needs the feature.
namespace Deterministic.Architecture.Tests.Planted.Vocabulary
{
    internal enum State
    {
        Open,
    }

    internal sealed class World
    {
        public Feature.Part? Part { get; set; }
    }
}

namespace Deterministic.Architecture.Tests.Planted.Vocabulary.Feature
{
    internal sealed class Part
    {
        public State State { get; set; }
    }
}
