// A cycle through the constraint of a method and the argument of an attribute alone.
namespace Deterministic.Architecture.Tests.Planted.Hidden.One
{
    internal static class First
    {
        public static void Use<T>()
            where T : Two.ISecond { }
    }
}

namespace Deterministic.Architecture.Tests.Planted.Hidden.Two
{
    [System.ComponentModel.TypeConverter(typeof(One.First))]
    internal interface ISecond;
}
