using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting.Models;
using GptImage2.Matting.Onnx.Graphs;
using GptImage2.Matting.Onnx.Presets;
using Microsoft.ML.OnnxRuntime;

namespace GptImage2.Matting.Onnx;

/// <summary>
/// Finds subjects by a model in an ONNX file of the user's, which is asked about the image and about its mirror image. One image at a time; nothing is loaded before the first image, and nothing but the
/// native library stays in memory after one, since a model of this kind takes from hundreds of megabytes to gigabytes.
/// </summary>
public sealed class OnnxMatteModel(OnnxModelOptions options, TimeProvider clock) : IMatteModel, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    public string Name { get; } = Path.GetFileNameWithoutExtension(options.Model);

    public string Describe()
    {
        using var file = OpenFile();
        var kind = (options.Preset ?? ModelPreset.ForFile(options.Model))?.Name ?? "a kind that its graph has to tell";
        return $"{Path.GetFileName(options.Model)} ({kind}, {file.Length / 1e6:0.0} MB)";
    }

    public async Task<Matte> PredictAsync(EncodedImage image, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Predict(image, cancellationToken), cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private Matte Predict(EncodedImage image, CancellationToken cancellationToken)
    {
        OpenFile().Dispose();
        using var limit = new CancellationTokenSource(options.TimeLimit, clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            OnnxEnvironment.Start(options.MemoryMegabytes);
            using var settings = OnnxEnvironment.CreateOptions(options.Threads);
            using var session = new InferenceSession(options.Model, settings);
            return Run(session, image, ended.Token);
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception endless) when (endless is OnnxRuntimeException or OperationCanceledException && limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // In the middle of a look, or between the two.
            throw ModelGraph.Refuse(options, $"an answer within {options.TimeLimit.TotalMinutes:0} minutes but received none", endless);
        }
        catch (OnnxRuntimeException failed)
        {
            throw Explain(failed);
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException or TypeInitializationException)
        {
            throw new MatteModelException("There is no ONNX Runtime for this platform next to this program, so no model can be run here.", missing);
        }
    }

    private Matte Run(InferenceSession session, EncodedImage image, CancellationToken cancellationToken)
    {
        var graph = ModelGraph.Read(session, options);
        var size = graph.SizeFor(ImageHeader.Read(image).Size, options.Size);
        var pixels = InputTensor.Create(image, size, graph.Preset, options.Mean, options.Deviation);
        var seen = Look(session, graph, pixels, size, cancellationToken);
        InputTensor.Mirror(pixels, size);
        return MirroredLook.Join(seen, Look(session, graph, pixels, size, cancellationToken));
    }

    private Matte Look(InferenceSession session, ModelGraph graph, float[] pixels, Dimensions size, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var input = OrtValue.CreateTensorValueFromMemory(pixels, [1, 3, size.Height, size.Width]);
        using var run = OnnxEnvironment.CreateRunOptions();
        using var stop = cancellationToken.Register(() => run.Terminate = true);
        using var outputs = session.Run(run, [graph.Input], [input], [graph.Output]);
        var (answer, type) = (outputs[0], outputs[0].GetTensorTypeAndShape());
        return (type.ElementDataType is Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float ? OutputMatte.Read(answer.GetTensorDataAsSpan<float>(), type.Shape, options.Range ?? graph.Preset.Range) : null)
            ?? throw ModelGraph.Refuse(options, $"numbers of [1,1,height,width] from {graph.Output} but received {type.ElementDataType.ToString().ToLowerInvariant()}[{string.Join(',', type.Shape)}]");
    }

    private FileStream OpenFile()
    {
        try
        {
            return new FileStream(options.Model, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw ModelGraph.Refuse(options, "a file that can be read but received one that is not there or not readable", unreadable);
        }
    }

    private MatteModelException Explain(OnnxRuntimeException failed) => failed.Message switch
    {
        var text when text.Contains("Available memory of", StringComparison.Ordinal) || text.Contains("bad_alloc", StringComparison.Ordinal) || text.Contains("allocate memory", StringComparison.Ordinal) =>
            new MatteModelException($"{OnnxModelOptions.MemoryVariable} ({options.MemoryMegabytes}): expected a model that needs no more but {Path.GetFileName(options.Model)} does. A higher limit, or 0 for none, or a smaller model helps.", failed),
        var text when text.Contains("external data", StringComparison.OrdinalIgnoreCase) || text.Contains("external_data", StringComparison.OrdinalIgnoreCase) =>
            ModelGraph.Refuse(options, "a model whose weights are in the file, or in files beside it, but received one whose weights are elsewhere or missing", failed),
        _ => ModelGraph.Refuse(options, "an ONNX model that ONNX Runtime can run but received one that is damaged or of another kind", failed),
    };
}
