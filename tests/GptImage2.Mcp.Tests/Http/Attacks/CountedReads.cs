using System.Reflection;

namespace GptImage2.Mcp.Tests.Http.Attacks;

/// <summary>Stands before a store and notes what it is asked for: the same questions are the same statements of SQL, and take the same time.</summary>
public class CountedReads : DispatchProxy
{
    private static readonly string[] Reads = ["Find", "List", "Suggest", "Get"];

    private object _store = null!;
    private ConcurrentQueue<string> _asked = null!;

    /// <param name="asked">Receives the names of the questions, in order.</param>
    internal static T Create<T>(T store, ConcurrentQueue<string> asked)
        where T : class
    {
        var proxy = Create<T, CountedReads>();
        ((CountedReads)(object)proxy)._store = store;
        ((CountedReads)(object)proxy)._asked = asked;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (Reads.Any(read => targetMethod!.Name.StartsWith(read, StringComparison.Ordinal)))
        {
            _asked.Enqueue(targetMethod!.Name);
        }

        return targetMethod!.Invoke(_store, BindingFlags.DoNotWrapExceptions, null, args, null);
    }
}
