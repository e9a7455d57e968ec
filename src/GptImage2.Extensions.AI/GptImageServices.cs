using GptImage2.Backends;
using GptImage2.Extensions.AI.Backend;
using GptImage2.Extensions.AI.Generator;
using GptImage2.Generation;
using GptImage2.Generation.Inputs;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GptImage2.Extensions.AI;

/// <summary>The image studio in a .NET program, without MCP.</summary>
public static class GptImageServices
{
    extension(IServiceCollection services)
    {
        /// <summary>
        /// Adds the whole pipeline, and as <see cref="IImageGenerator"/> the <see cref="GptImageGenerator"/> over it. The provider must be disposed of
        /// asynchronously, as hosts do, so that what is being made can be finished.
        /// </summary>
        public IServiceCollection AddGptImage2(GptImageSettings? settings = null)
        {
            settings ??= new GptImageSettings();
            services.TryAddSingleton(TimeProvider.System);
            return services
                .AddLogging()
                .AddSingleton(settings.Fallback)
                .AddSingleton(settings.CreateStorage())
                .AddSingleton(settings.Roots)
                .AddSingleton(settings.Jobs)
                .AddSingleton(settings.Spending)
                .AddGeneration()
                .AddGptImage2(settings.Backends)
                .AddSingleton<GptImageGenerator>()
                .AddSingleton<IImageGenerator>(provider => provider.GetRequiredService<GptImageGenerator>());
        }

        /// <summary>
        /// Makes an image generator of any vendor a backend of the pipeline. Several are used in the order in which they are added, unless
        /// <see cref="BackendOptions.Order"/> names them in another.
        /// </summary>
        /// <param name="create">Called once. Not to be answered with the service <see cref="IImageGenerator"/>, which is the pipeline itself.</param>
        /// <exception cref="ArgumentException">A backend of ours has that name.</exception>
        public IServiceCollection AddImageGeneratorBackend(GeneratorBackendOptions options, Func<IServiceProvider, IImageGenerator> create)
        {
            ArgumentNullException.ThrowIfNull(options);
            ArgumentNullException.ThrowIfNull(create);
            if (string.IsNullOrWhiteSpace(options.Name) || BackendServices.Names.Contains(options.Name))
            {
                throw new ArgumentException($"A backend needs a name of its own, and '{options.Name}' is none.", nameof(options));
            }

            return services
                .AddSingleton(new ModelTable(options.Name, model => options.Profile with { Model = model }, [options.Profile]) { Setting = null })
                .AddSingleton<IImageBackend>(provider => new ImageGeneratorBackend(create(provider), options, provider.GetRequiredService<IRemoteImageFetcher>()));
        }
    }
}
