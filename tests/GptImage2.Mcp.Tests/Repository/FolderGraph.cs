namespace GptImage2.Mcp.Tests.Repository;

/// <summary>Which folder needs which others of its project, by <c>using</c> lines and by types of global imports and enclosing namespaces, which need none.</summary>
internal sealed class FolderGraph
{
    private readonly Dictionary<string, Dictionary<string, string>> _edges;

    private FolderGraph(Dictionary<string, Dictionary<string, string>> edges) => _edges = edges;

    public static FolderGraph Create(IReadOnlyList<SourceFile> files)
    {
        var types = files.GroupBy(file => file.Folder).ToDictionary(folder => folder.Key, folder => folder.SelectMany(file => file.Types).Select(type => type.Name).ToHashSet());
        var edges = types.Keys.ToDictionary(folder => folder, _ => new Dictionary<string, string>());
        foreach (var file in files)
        {
            foreach (var import in file.Imports.Where(import => import != file.Folder && types.ContainsKey(import)))
            {
                edges[file.Folder].TryAdd(import, $"{file.Path} imports it");
            }

            foreach (var visible in Enclosing(file.Folder).Concat(file.GlobalImports).Where(folder => folder != file.Folder && types.ContainsKey(folder)))
            {
                if (types[visible].FirstOrDefault(type => file.Names.Contains(type) && !IsHidden(type, file, visible)) is { } used)
                {
                    edges[file.Folder].TryAdd(visible, $"{file.Path} uses {used}");
                }
            }
        }

        return new FolderGraph(edges);

        bool IsHidden(string type, SourceFile file, string visible) =>
            Enclosing(file.Folder).Prepend(file.Folder).TakeWhile(nearer => nearer != visible).Any(nearer => types.TryGetValue(nearer, out var own) && own.Contains(type));
    }

    /// <summary>A shortest way back to itself for every folder that has one, each step with its reason; none where the graph is acyclic.</summary>
    public IEnumerable<string> DescribeCycles()
    {
        var described = new HashSet<string>();
        foreach (var folder in _edges.Keys.Order(StringComparer.Ordinal).Where(folder => !described.Contains(folder)))
        {
            if (FindWayBack(folder) is { } way)
            {
                described.UnionWith(way);
                yield return string.Join("\n    ", way.Zip(way.Skip(1), (from, to) => $"{from} -> {to}: {_edges[from][to]}").Prepend("cycle:"));
            }
        }
    }

    private List<string>? FindWayBack(string start)
    {
        var ways = new Queue<List<string>>([[start]]);
        var seen = new HashSet<string>();
        while (ways.TryDequeue(out var way))
        {
            foreach (var next in _edges[way[^1]].Keys)
            {
                if (next == start)
                {
                    return [.. way, next];
                }

                if (seen.Add(next))
                {
                    ways.Enqueue([.. way, next]);
                }
            }
        }

        return null;
    }

    private static IEnumerable<string> Enclosing(string folder)
    {
        for (var dot = folder.LastIndexOf('.'); dot > 0; dot = folder.LastIndexOf('.', dot - 1))
        {
            yield return folder[..dot];
        }
    }
}
