// A type of the root that needs a feature, which needs that type.
namespace Deterministic.Architecture.Tests.Planted.Facade
{
    internal sealed class World
    {
        public Feature.Part? Part { get; set; }
    }
}

namespace Deterministic.Architecture.Tests.Planted.Facade.Feature
{
    internal sealed class Part
    {
        public World? World { get; set; }
    }
}
