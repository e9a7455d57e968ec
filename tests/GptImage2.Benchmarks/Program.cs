using BenchmarkDotNet.Running;
using GptImage2.Benchmarks;
using GptImage2.Benchmarks.Load;
using GptImage2.Benchmarks.Matting;

// What docs/benchmarks.md says. Run on an idle machine, in Release:
//   dotnet run -c Release --project tests/GptImage2.Benchmarks -- process [path of a published executable]
//   dotnet run -c Release --project tests/GptImage2.Benchmarks -- store [path of a published executable]
//   dotnet run -c Release --project tests/GptImage2.Benchmarks -- compare OLD NEW
//   dotnet run -c Release --project tests/GptImage2.Benchmarks -- call
//   dotnet run -c Release --project tests/GptImage2.Benchmarks -- catalog
//   dotnet run -c Release --project tests/GptImage2.Benchmarks -- completion
//   dotnet run -c Release --project tests/GptImage2.Benchmarks -- studio
//   dotnet run -c Release --project tests/GptImage2.Benchmarks -- imaging
//   dotnet run -c Release --project tests/GptImage2.Benchmarks -- matting [folder of images with alpha [part of a name]]
//   dotnet run -c Release --project tests/GptImage2.Benchmarks -- matting-model MODEL.onnx FOLDER-OF-IMAGES-WITH-ALPHA
//   dotnet run -c Release --project tests/GptImage2.Benchmarks -- load [clients calls [path of a published executable]]
switch (args)
{
    case ["process", .. var published]:
        await ProcessMeasurements.RunAsync(published is [var path] ? path : null);
        return 0;
    case ["store", .. var published]:
        await StoreMeasurements.RunAsync(published is [var built] ? built : null);
        return 0;
    case ["compare", var old, var @new]:
        await ExecutableComparison.RunAsync(old, @new);
        return 0;
    case ["call", .. var rest]:
        BenchmarkRunner.Run<CallBenchmark>(BenchmarkJobs.InProcess(invocations: 4), rest);
        return 0;
    case ["catalog", .. var rest]:
        BenchmarkRunner.Run<CatalogBenchmark>(BenchmarkJobs.InProcess(invocations: 64), rest);
        return 0;
    case ["completion", .. var rest]:
        BenchmarkRunner.Run<CompletionBenchmark>(BenchmarkJobs.InProcess(invocations: 16), rest);
        return 0;
    case ["studio", .. var rest]:
        BenchmarkRunner.Run<StudioBenchmark>(BenchmarkJobs.InProcess(invocations: 16), rest);
        return 0;
    case ["imaging", .. var rest]:
        BenchmarkRunner.Run<ImagingBenchmark>(BenchmarkJobs.InProcess(invocations: 1), rest);
        return 0;
    case ["matting-model", var model, var subjects]:
        await ModelMattingTable.RunAsync(model, subjects);
        return 0;
    case ["matting", .. var rest]:
        MattingTable.Run(rest is [var folder, ..] ? folder : null, rest is [_, var only] ? only : null);
        return 0;
    case ["load", .. var rest]:
        return await LoadRun.RunAsync(LoadOptions.Parse(rest)) ? 0 : 1;
    default:
        await Console.Error.WriteLineAsync("Say what to measure: process, store, compare, call, catalog, completion, studio, imaging, matting, matting-model or load.");
        return 1;
}
