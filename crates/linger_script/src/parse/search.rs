//! Whether some part of an expression is of a kind. Knows nothing of what is sought.

use ruff_python_ast::{Expr, helpers};

/// Whether `test` holds for the expression or a part of it, the defaults of lambdas included, which are computed where the lambda
/// stands.
pub fn any_over_expr(expr: &Expr, mut test: impl FnMut(&Expr) -> bool) -> bool {
    any(expr, &mut test)
}

fn any(expr: &Expr, test: &mut dyn FnMut(&Expr) -> bool) -> bool {
    helpers::any_over_expr(expr, |part| {
        test(part)
            || part.as_lambda_expr().is_some_and(|lambda| {
                let parameters = lambda.parameters.iter().flat_map(|parameters| parameters.iter_non_variadic_params());
                parameters.filter_map(|parameter| parameter.default.as_deref()).any(|default| any(default, test))
            })
    })
}
