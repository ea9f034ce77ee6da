using Deterministic.Contract.Tests;

if (args is ["--help" or "-h"])
{
    Console.WriteLine(TableOptions.Usage);
    return 0;
}

TableOptions options;
try
{
    options = TableOptions.Parse(args);
}
catch (FormatException error)
{
    Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine(TableOptions.Usage);
    return 2;
}

// As many arms at once as there are processors: what an arm is held to must hold on a busy machine too.
Column[] columns = new Column[options.Arms.Count];
await Parallel.ForEachAsync(
    Enumerable.Range(0, columns.Length),
    new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
    async (number, _) => columns[number] = await Column.RunAsync(options.Arms[number], options.Cases)
);
new ContractTable(options.Cases, columns).WriteTo(Console.Out);
return columns.Sum(column => column.Count(CaseOutcome.Failed)) == 0 ? 0 : 1;
