// Three namespaces that form a cycle, only through the bodies of methods.
namespace Deterministic.Architecture.Tests.Planted.Cycle.One
{
    internal static class First
    {
        public static object Next() => Two.Second.Next();
    }
}

namespace Deterministic.Architecture.Tests.Planted.Cycle.Two
{
    internal static class Second
    {
        public static object Next() => Three.Third.Next();
    }
}

namespace Deterministic.Architecture.Tests.Planted.Cycle.Three
{
    internal static class Third
    {
        public static object Next() => typeof(One.First);
    }
}
