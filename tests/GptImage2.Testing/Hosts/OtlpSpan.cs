namespace GptImage2.Testing.Hosts;

/// <summary>A span as it was exported (opentelemetry/proto/trace/v1/trace.proto), as far as tests look at it.</summary>
/// <param name="Links">Trace ids of what it is linked to.</param>
public sealed record OtlpSpan(string Name, string TraceId, string SpanId, string ParentId, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<string> Links, string StatusMessage)
{
    /// <summary>The spans of an ExportTraceServiceRequest.</summary>
    public static IEnumerable<OtlpSpan> Read(byte[] request) =>
        from resource in Messages(request, 1)
        from scope in Messages(resource, 2)
        from span in Messages(scope, 2)
        select new OtlpSpan(
            Text(span, 5),
            Id(span, 1),
            Id(span, 2),
            Id(span, 4),
            Messages(span, 9).GroupBy(pair => Text(pair, 1)).ToDictionary(pair => pair.Key, pair => string.Concat(pair.SelectMany(one => Messages(one, 2)).Select(value => Text(value, 1)))),
            [.. Messages(span, 13).Select(link => Id(link, 1))],
            string.Concat(Messages(span, 15).Select(status => Text(status, 2))));

    private static string Text(ReadOnlyMemory<byte> message, int field) => string.Concat(Messages(message, field).Select(bytes => Encoding.UTF8.GetString(bytes.Span)));

    private static string Id(ReadOnlyMemory<byte> message, int field) => string.Concat(Messages(message, field).Select(bytes => Convert.ToHexStringLower(bytes.Span)));

    /// <summary>The fields of that number that have a length: texts, bytes and messages.</summary>
    private static List<ReadOnlyMemory<byte>> Messages(ReadOnlyMemory<byte> message, int number)
    {
        List<ReadOnlyMemory<byte>> found = [];
        for (var at = 0; at < message.Length;)
        {
            var tag = ReadVarint(message.Span, ref at);
            var length = (tag & 7) switch
            {
                0 => SkipVarint(message.Span, ref at),
                1 => 8,
                5 => 4,
                _ => (int)ReadVarint(message.Span, ref at),
            };
            if ((int)(tag >> 3) == number && (tag & 7) is 2)
            {
                found.Add(message.Slice(at, length));
            }

            at += length;
        }

        return found;
    }

    private static int SkipVarint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ReadVarint(bytes, ref at);
        return 0;
    }

    private static ulong ReadVarint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
