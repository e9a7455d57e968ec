using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Testing.Rendering;

public static class BackendServiceExtensions
{
    /// <summary>The one backend that draws, in place of any that are there.</summary>
    public static IServiceCollection AddBackend(this IServiceCollection services, IImageBackend backend) => services.AddBackends(backend);

    /// <summary>The backends that draw, in order of preference, in place of any that are there.</summary>
    public static IServiceCollection AddBackends(this IServiceCollection services, params IImageBackend[] backends)
    {
        foreach (var backend in backends)
        {
            services.AddSingleton(new ModelTable(backend.Name, model => backend.Profile with { Model = model }, [backend.Profile]));
        }

        return services.AddSingleton<IReadOnlyList<IImageBackend>>(backends);
    }
}
