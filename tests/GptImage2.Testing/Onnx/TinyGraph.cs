namespace GptImage2.Testing.Onnx;

/// <summary>
/// A model of a few hundred bytes, written by hand: field numbers are those of onnx.proto3. It answers a weighted sum of the channels of its
/// input, which it takes as float[1,3,height,width].
/// </summary>
public sealed class TinyGraph
{
    private const int FloatType = 1;
    private const int Int64Type = 7;
    private const int BoolType = 9;

    private readonly List<Action<ProtobufWriter>> _nodes = [];
    private readonly List<Action<ProtobufWriter>> _constants = [];
    private readonly List<Action<ProtobufWriter>> _inputs = [];
    private readonly List<Action<ProtobufWriter>> _outputs = [];

    /// <summary>Adds an input; a dimension of 0 may be anything.</summary>
    public TinyGraph Input(string name, int type = FloatType, params long[] shape)
    {
        _inputs.Add(value => WriteValue(value, name, type, shape));
        return this;
    }

    public TinyGraph Output(string name, params long[] shape)
    {
        _outputs.Add(value => WriteValue(value, name, FloatType, shape));
        return this;
    }

    internal TinyGraph Node(string operation, string[] inputs, string[] outputs, params Action<ProtobufWriter>[] attributes)
    {
        _nodes.Add(node => WriteNode(node, operation, inputs, outputs, attributes));
        return this;
    }

    public TinyGraph Floats(string name, long[] shape, params float[] values)
    {
        _constants.Add(tensor => WriteTensor(tensor, name, FloatType, shape).Bytes(9, MemoryMarshal.AsBytes(values.AsSpan())));
        return this;
    }

    public TinyGraph Integers(string name, params long[] values)
    {
        _constants.Add(tensor => WriteTensor(tensor, name, Int64Type, [values.Length]).Bytes(9, MemoryMarshal.AsBytes(values.AsSpan())));
        return this;
    }

    /// <summary>A constant whose values are in another file.</summary>
    public TinyGraph ExternalFloats(string name, long[] shape, string location)
    {
        _constants.Add(tensor => WriteTensor(tensor, name, FloatType, shape)
            .Message(13, entry => entry.Text(1, "location").Text(2, location))
            .Message(13, entry => entry.Text(1, "length").Text(2, $"{shape.Aggregate(4L, (product, edge) => product * edge)}"))
            .Integer(14, 1));
        return this;
    }

    /// <summary>Goes on for ever where any value of a tensor is above a threshold, and else passes it on.</summary>
    public TinyGraph LoopWhileAbove(float threshold, string input, string output)
    {
        Floats("loop_threshold", [], threshold);
        Node("ReduceMax", [input], ["loop_most"], attribute => WriteInteger(attribute, "keepdims", 0));
        Node("Greater", ["loop_most", "loop_threshold"], ["loop_condition"]);
        return Node("Loop", ["", "loop_condition", input], [output], attribute => attribute.Text(1, "body").Integer(20, 5).Message(6, body => body
            .Message(1, node => WriteNode(node, "Identity", ["go_on"], ["still"]))
            .Message(1, node => WriteNode(node, "Identity", ["carried"], ["kept"]))
            .Text(2, "body")
            .Message(11, value => WriteValue(value, "turn", Int64Type, []))
            .Message(11, value => WriteValue(value, "go_on", BoolType, []))
            .Message(11, value => WriteValue(value, "carried", FloatType, [1, 3, 0, 0]))
            .Message(12, value => WriteValue(value, "still", BoolType, []))
            .Message(12, value => WriteValue(value, "kept", FloatType, [1, 3, 0, 0]))));
    }

    /// <summary>The weighted sum of three channels and a constant.</summary>
    public TinyGraph Mix(string input, string output, float red, float green, float blue, float constant = 0)
    {
        Floats($"{output}_weights", [1, 3, 1, 1], red, green, blue);
        Floats($"{output}_constant", [1], constant);
        return Node("Conv", [input, $"{output}_weights", $"{output}_constant"], [output]);
    }

    /// <summary>Passes on what is in the left part of an input, and 0 for the rest: a model that sees one side only.</summary>
    /// <param name="columns">That are passed on.</param>
    public TinyGraph KeepLeft(string input, string output, int columns, int width)
    {
        Floats($"{output}_kept", [1, 1, 1, width], [.. Enumerable.Range(0, width).Select(column => column < columns ? 1f : 0)]);
        return Node("Mul", [input, $"{output}_kept"], [output]);
    }

    public byte[] Build() => new ProtobufWriter()
        .Integer(1, 8)
        .Text(2, "tests")
        .Message(7, graph =>
        {
            _nodes.ForEach(write => graph.Message(1, write));
            graph.Text(2, "tiny");
            _constants.ForEach(write => graph.Message(5, write));
            _inputs.ForEach(write => graph.Message(11, write));
            _outputs.ForEach(write => graph.Message(12, write));
        })
        .Message(8, opset => opset.Text(1, "").Integer(2, 13))
        .ToArray();

    /// <summary>One input and one output, of fixed edges or, with 0, of any, between which the channels are mixed.</summary>
    public static TinyGraph Mixing(float red, float green, float blue, float constant = 0, int width = 0, int height = 0) =>
        new TinyGraph().Input("input", FloatType, 1, 3, height, width).Output("matte", 1, 1, height, width).Mix("input", "matte", red, green, blue, constant);

    private static void WriteInteger(ProtobufWriter attribute, string name, long value) => attribute.Text(1, name).Integer(3, value).Integer(20, 2);

    private static ProtobufWriter WriteTensor(ProtobufWriter tensor, string name, int type, long[] shape)
    {
        foreach (var edge in shape)
        {
            tensor.Integer(1, edge);
        }

        return tensor.Integer(2, type).Text(8, name);
    }

    private static void WriteNode(ProtobufWriter node, string operation, string[] inputs, string[] outputs, params Action<ProtobufWriter>[] attributes)
    {
        foreach (var input in inputs)
        {
            node.Text(1, input);
        }

        foreach (var output in outputs)
        {
            node.Text(2, output);
        }

        node.Text(4, operation);
        foreach (var attribute in attributes)
        {
            node.Message(5, attribute);
        }
    }

    private static void WriteValue(ProtobufWriter value, string name, int type, long[] shape) => value
        .Text(1, name)
        .Message(2, described => described.Message(1, tensor => tensor.Integer(1, type).Message(2, edges =>
        {
            foreach (var (place, edge) in shape.Index())
            {
                edges.Message(1, dimension => _ = edge is 0 ? dimension.Text(2, $"{name}_{place}") : dimension.Integer(1, edge));
            }
        })));
}
