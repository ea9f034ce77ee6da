using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Deterministic.Architecture.Tests;

/// <summary>Which types of one module a type of it refers to: in its signatures, its attributes, and the bodies of its methods. Uses of constants and of nameof leave no trace in a compiled assembly.</summary>
internal static class TypeReferences
{
    /// <summary>Every pair of different outermost types of a module of which the first refers to the second.</summary>
    public static IEnumerable<(TypeDefinition From, TypeDefinition To)> Of(ModuleDefinition module) =>
        module
            .GetTypes()
            .SelectMany(type => From(type).SelectMany(Parts), (type, to) => (Outermost(type), Resolve(module, to)))
            .Where(pair => pair.Item2 is not null && pair.Item1 != pair.Item2)
            .Select(pair => (pair.Item1, pair.Item2!))
            .Distinct();

    private static IEnumerable<TypeReference?> From(TypeDefinition type) =>
        new[] { type.BaseType }
            .Concat(type.Interfaces.Select(one => one.InterfaceType))
            .Concat(type.CustomAttributes.SelectMany(From))
            .Concat(type.GenericParameters.SelectMany(one => one.Constraints).Select(one => one.ConstraintType))
            .Concat(type.Fields.Select(one => one.FieldType))
            .Concat(type.Methods.SelectMany(From));

    private static IEnumerable<TypeReference?> From(MethodDefinition method) =>
        FromSignature(method)
            .Concat(method.CustomAttributes.SelectMany(From))
            .Concat(method.GenericParameters.SelectMany(one => one.Constraints).Select(one => one.ConstraintType))
            .Concat(
                method.HasBody
                    ? method
                        .Body.Variables.Select(one => one.VariableType)
                        .Concat(method.Body.Instructions.SelectMany(From))
                        .Concat(method.Body.ExceptionHandlers.Select(one => one.CatchType))
                    : []
            );

    private static IEnumerable<TypeReference?> From(CustomAttribute attribute) =>
        attribute.ConstructorArguments.Select(one => one.Value as TypeReference).Append(attribute.AttributeType);

    private static IEnumerable<TypeReference?> From(Instruction instruction) =>
        instruction.Operand switch
        {
            TypeReference type => [type],
            FieldReference field => [field.DeclaringType, field.FieldType],
            MethodReference method => FromSignature(method)
                .Append(method.DeclaringType)
                .Concat(method is GenericInstanceMethod generic ? generic.GenericArguments : []),
            _ => [],
        };

    private static IEnumerable<TypeReference?> FromSignature(MethodReference method) =>
        method.Parameters.Select(one => one.ParameterType).Append(method.ReturnType);

    /// <summary>The types that a constructed one is made of.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? type) =>
        type switch
        {
            null or GenericParameter => [],
            GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
            TypeSpecification specification => Parts(specification.ElementType),
            _ => [type],
        };

    private static TypeDefinition? Resolve(ModuleDefinition module, TypeReference type) =>
        type is TypeDefinition || type.Scope == module
            ? type.Resolve() is { } definition && definition.Module == module
                ? Outermost(definition)
                : null
            : null;

    private static TypeDefinition Outermost(TypeDefinition type) =>
        type.DeclaringType is { } outer ? Outermost(outer) : type;
}
